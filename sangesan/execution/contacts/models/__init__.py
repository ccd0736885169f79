"""Tables of contact points (联系点), one noun each."""

from .pair import Pair, Plan
from .visit import Taken, Visit

__all__ = ["Pair", "Plan", "Taken", "Visit"]
