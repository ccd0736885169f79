"""Template tags of background work (进度标签)."""
