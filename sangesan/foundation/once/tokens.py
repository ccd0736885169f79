"""Tokens of forms (表单口令): random, and nothing of a table, for the outside letterbox has none."""

from __future__ import annotations

import secrets

FIELD = "key"
"""Where a public form carries its random token."""


def fresh_key() -> str:
    """Return the random token of a form (表单口令), 192 bits: the same form sent twice is one letter."""
    return secrets.token_urlsafe(24)
