"""Where sessions stand (会话库): in the database, under a digest of their key as every mark of a person's does.

Whoever copies the database finds no cookie there with which to go on as somebody else.
"""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as Plain

from sangesan.foundation import sealing

LONGEST = 40
"""Of Django's column; half of it could not be guessed either (会话标识长度)."""


def stored(key: str) -> str:
    """Return what the database keeps of a session's key (入库摘要)."""
    return sealing.digest("session", key)[:LONGEST]


class SessionStore(Plain):
    """A session (会话), whose row names nothing that a browser could be given."""

    def _get_session_from_db(self):
        key, self._session_key = self.session_key, stored(self.session_key or "")
        row = super()._get_session_from_db()
        self._session_key = key if row is not None else None
        return row

    def exists(self, session_key: str) -> bool:
        """Return whether there is one (有无)."""
        return super().exists(stored(session_key))

    def create_model_instance(self, data):
        """Return the row of this session (会话行)."""
        row = super().create_model_instance(data)
        row.session_key = stored(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Take its row away (删除)."""
        if key := session_key or self.session_key:
            super().delete(stored(key))
