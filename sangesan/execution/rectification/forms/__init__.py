"""Forms of inspection and rectification (督察整改表单)."""
