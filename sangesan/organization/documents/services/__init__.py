"""Every change of documents (公文变更)."""

from .issuing import issue, note_of, replacing
from .keeping import fill_form, keep_form, retire_form
from .settings import name_issuer, put_in_force, retire, upload

__all__ = [
    "fill_form", "issue", "keep_form", "name_issuer", "note_of", "put_in_force", "replacing", "retire",
    "retire_form", "upload",
]
