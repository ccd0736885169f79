"""Doors (门): each noun of a subject and the permission query that opens it."""

from sangesan.feedback.matters.queries import opener
from sangesan.foundation import door

door.hang("matters", opener)
