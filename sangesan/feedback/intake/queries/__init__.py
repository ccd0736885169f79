"""Reads of intake (受理查询): reports on their way, reception days, boxes."""

from .reports import MOST, Offer, arrived, offers

__all__ = ["MOST", "Offer", "arrived", "offers"]
