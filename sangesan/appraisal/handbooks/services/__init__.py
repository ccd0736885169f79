"""Changes of handbooks (三册变更): copies, signed pages, orders of many copies made in the background."""

from .arriving import develop, take_scan
from .copying import Copy, pdf, word
from .making import make
from .ordering import fetch, order, tidy
from .scanning import add_scan, withdraw_scan

__all__ = ["Copy", "add_scan", "develop", "fetch", "make", "order", "pdf", "take_scan", "tidy", "withdraw_scan", "word"]
