"""Limits of the public pages (公开页面限流): thirty honest people behind one address never notice."""

from sangesan.foundation.rate import Limit

WRITING = Limit("letters", burst=120, per_minute=120)
GUESSING = Limit("receipts-page", burst=120, per_minute=120)
