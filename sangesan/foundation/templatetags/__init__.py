"""Template tags of the base layout (模板标签)."""
