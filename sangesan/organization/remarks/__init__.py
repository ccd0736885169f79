"""Remarks (批示与回复): an instruction on any subject, to a post, by a day, and what came of it."""
