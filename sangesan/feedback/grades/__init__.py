"""Grading tables (分级表): versions decided by the Party committee; a matter keeps its own."""
