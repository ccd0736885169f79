"""Vocabulary of facts (台账词汇): one dataclass per fact, one module per system.

>>> KINDS["matter.closed"].__name__
'MatterClosed'
"""

from .appraisal import DayAssessed, PeriodAssessed, ResultPublished
from .base import KINDS, SPEAKER, SYSTEM, Actor, Fact, encode, plain, term
from .feedback import (
    IdentityOpened,
    MatterAnswered,
    MatterClosed,
    MatterDeclined,
    MatterDispatched,
    MatterExtended,
    MatterFirstAnswered,
    MatterGraded,
    MatterMerged,
    MatterOverdue,
    MatterRated,
    MatterReceived,
    MatterReopened,
    MatterReturned,
    MatterSignedIn,
    MatterSupervised,
)
from .ledger import BodyErased, EvidenceAttached, EvidenceErased, FactReversed
from .organization import (
    ImportUndone,
    OrganizationImported,
    PostAppointed,
    PostClosed,
    PostEnded,
    PostOpened,
    UnitClosed,
    UnitCovered,
    UnitMoved,
    UnitOpened,
)

__all__ = [
    "KINDS",
    "SPEAKER",
    "SYSTEM",
    "Actor",
    "BodyErased",
    "DayAssessed",
    "EvidenceAttached",
    "EvidenceErased",
    "Fact",
    "FactReversed",
    "IdentityOpened",
    "ImportUndone",
    "MatterAnswered",
    "MatterClosed",
    "MatterDeclined",
    "MatterDispatched",
    "MatterExtended",
    "MatterFirstAnswered",
    "MatterGraded",
    "MatterMerged",
    "MatterOverdue",
    "MatterRated",
    "MatterReceived",
    "MatterReopened",
    "MatterReturned",
    "MatterSignedIn",
    "MatterSupervised",
    "OrganizationImported",
    "PostAppointed",
    "PostClosed",
    "PostEnded",
    "PostOpened",
    "PeriodAssessed",
    "ResultPublished",
    "UnitClosed",
    "UnitCovered",
    "UnitMoved",
    "UnitOpened",
    "encode",
    "plain",
    "term",
]
