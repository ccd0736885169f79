"""Search (检索): pairs of characters in an index of their own, alike on SQLite and PostgreSQL."""

from .bigrams import Query, highlight, plain, read, reads_as
from .index import Entry, Hits, Index
from .titles import named

__all__ = ["Entry", "Hits", "Index", "Query", "highlight", "named", "plain", "read", "reads_as"]
