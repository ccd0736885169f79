"""Outcomes (成效): what came of it all, counted from facts. Row O1 of the chapter.

Each number is a rule over kinds of facts, so it can be opened to what it counts. A rate stands with
its counts. What is counted is persons only as heads, never who; of what speakers said, a number of
fewer than five matters says nothing, and none can be reckoned from the others of its table, nor from
other months, quarters and years.
"""

from .measures import BY_SLUG, GROUPS, MEASURES, Count, Measure
from .months import SETTLED, over, places, whole
from .numbers import Counted, Number, Told, floor, measured, number, shown

__all__ = [
    "BY_SLUG", "GROUPS", "MEASURES", "SETTLED", "Count", "Counted", "Measure", "Number", "Told", "floor", "measured",
    "number", "over", "places", "shown", "whole",
]
