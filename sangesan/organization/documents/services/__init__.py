"""Every change of documents (公文变更)."""

from .issuing import issue, note_of
from .settings import name_issuer, put_in_force, retire, upload

__all__ = ["issue", "note_of", "name_issuer", "put_in_force", "retire", "upload"]
