"""Pages of the organisation (组织页面)."""
