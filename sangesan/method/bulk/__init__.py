"""All units at once (成批核算): the same lines and results as one unit at a time, over columns.

Facts are counted in arrays; the integers that come of it are judged by `verdicts.py`, as anywhere.
A property holds both roads to the same bytes.
"""

from .cells import assess_all
from .lines import Bulk, Place, lines_of_all
from .pairs import Pairs, paired

__all__ = ["Bulk", "Pairs", "Place", "assess_all", "lines_of_all", "paired"]
