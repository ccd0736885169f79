"""Execution system (执行系统): work, routines, rectification and duties; its rooms come next."""
