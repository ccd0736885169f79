"""Tags of the report page (上报页面的标签)."""
