"""Pages of analyses and discussions (月分析、座谈页面)."""
