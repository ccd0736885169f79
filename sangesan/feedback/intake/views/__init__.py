"""Pages of intake (受理页面): public, reporting, registering."""
