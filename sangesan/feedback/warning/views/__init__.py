"""Pages of the warning (预警页面)."""
