"""Forms of the duties (应办事项表单)."""
