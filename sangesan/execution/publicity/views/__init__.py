"""Pages of publicity (宣传引导页面)."""
