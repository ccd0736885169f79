"""Changes of handbooks (三册变更): copies, signed pages, orders of many copies made in the background."""

from .copying import Copy, pdf, word
from .making import make
from .ordering import fetch, order, tidy
from .scanning import add_scan, withdraw_scan

__all__ = ["Copy", "add_scan", "fetch", "make", "order", "pdf", "tidy", "withdraw_scan", "word"]
