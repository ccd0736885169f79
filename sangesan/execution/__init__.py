"""Execution system (执行系统): duties at the bottom, routines above them, on top the rooms where work is done."""
