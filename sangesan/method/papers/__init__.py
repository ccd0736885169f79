"""Papers (文书): the eleven documents of a matter: when each makes sense, and what it says.

>>> [p.name for p in offered(Stage(State.DECLINED))]
['不予受理告知书']
"""

from ..lifecycle import State
from .case import Case, Part, day_said, proposed
from .table import PAPERS, Ask, Paper, Stage, offered, paper
from .wording import composed

__all__ = ["PAPERS", "Ask", "Case", "Paper", "Part", "Stage", "State", "composed", "day_said", "offered", "paper",
           "proposed"]
