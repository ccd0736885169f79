"""Pages of inspection and rectification (督察整改页面)."""
