"""Upkeep (运维): health, backup, demo, bench."""
