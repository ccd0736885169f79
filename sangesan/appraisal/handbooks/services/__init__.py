"""Copies of handbooks (取手册): PDF and Word, noted in the audit log."""

from .copying import Copy, pdf, word

__all__ = ["Copy", "pdf", "word"]
