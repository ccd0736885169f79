"""Changes of the warning (预警服务): telling, calling, caring, progress, each a verb family of its own."""
