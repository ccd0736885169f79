"""Jobs (后台任务): background work with progress."""
