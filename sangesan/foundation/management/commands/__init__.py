"""Commands for those who develop (开发命令)."""
