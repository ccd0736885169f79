"""Reads of intake (受理查询): reports on their way, reception days, boxes."""

from .reports import MOST, arrived

__all__ = ["MOST", "arrived"]
