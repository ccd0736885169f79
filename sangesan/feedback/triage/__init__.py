"""Triage help (分办辅助): what a matter is probably about, who usually handles it, what is like it."""
