"""Warning (三级预警): grades A, B, C, who is told and when."""
