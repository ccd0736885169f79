"""Pages of the duties (应办事项页面)."""
