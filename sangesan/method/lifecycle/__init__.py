"""Life of a matter (事项生命周期): states, transitions, guards; buttons, API and diagram read it.

>>> [t.action for t in offered(Situation(State.RECEIVED), lambda permission: True)][:2]
['grade', 'describe']
"""

from .diagram import Edge, Node, drawn
from .guards import Guard
from .situation import Situation
from .states import FINAL, MAIN, OPEN, STATE_NAMES, State
from .table import EVERY, TABLES, TRANSITIONS, VERSION, find, offered, refusal, steps_of
from .transitions import By, Transition

__all__ = [
    "EVERY", "FINAL", "MAIN", "OPEN", "STATE_NAMES", "TABLES", "TRANSITIONS", "VERSION", "By", "Edge", "Guard", "Node",
    "Situation", "State", "Transition", "drawn", "find", "offered", "refusal", "steps_of",
]
