"""Tables of publicity (宣传引导), one noun each."""

from .campaign import Campaign, PlaceText
from .handing import Handing
from .posting import Posted, Posting

__all__ = ["Campaign", "Handing", "PlaceText", "Posted", "Posting"]
