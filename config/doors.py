"""Doors (门): each noun of a subject and the permission query that opens it."""

from sangesan.appraisal.publication.queries import door_to as result
from sangesan.feedback.matters.queries import opener
from sangesan.foundation import door
from sangesan.organization.documents.queries import opener as document

door.hang("matters", opener)
door.hang("documents", document)
door.hang("results", result)
