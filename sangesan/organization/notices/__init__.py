"""Notices (提醒): a subject and no content."""
