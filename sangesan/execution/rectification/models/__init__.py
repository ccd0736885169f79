"""Tables of inspection and rectification (督察整改), one noun each."""

from .checklist import Checklist, Item
from .figure import Figure
from .finding import Finding, Request, Verdict
from .inspection import Inspection

__all__ = ["Checklist", "Figure", "Finding", "Inspection", "Item", "Request", "Verdict"]
