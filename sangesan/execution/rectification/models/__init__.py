"""Tables of inspection and rectification (督察整改), one noun each."""

from .checklist import Checklist, Item
from .external import Delivery, External
from .figure import Figure
from .finding import Finding, Verdict
from .inspection import Inspection
from .photo import Photo

__all__ = [
    "Checklist", "Delivery", "External", "Figure", "Finding", "Inspection", "Item", "Photo", "Verdict",
]
