"""Reads of documents (公文查询). Whoever shows a document asks the door of its subject first."""

from .drawing import BY_RECEIPT, Told, lost_of, pdf_of, picture_of, told, trial, word_of
from .finding import (
    default_template,
    document_for,
    documents_of,
    gaps,
    issuers,
    opener,
    register,
    template_bytes,
    template_for,
    templates,
)
from .forms import filled, form_for, forms

__all__ = [
    "BY_RECEIPT", "Told", "default_template", "document_for", "documents_of", "filled",
    "form_for", "forms", "gaps", "issuers", "lost_of", "opener",
    "pdf_of", "picture_of", "register", "template_bytes", "template_for", "templates", "told", "trial", "word_of",
]
