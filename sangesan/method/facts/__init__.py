"""Vocabulary of facts (台账词汇): one dataclass per fact, one module per system.

>>> KINDS["matter.closed"].__name__
'MatterClosed'
"""

from .analysis import AnalysisFinished, DiscussionHeld, PointAnswered, PointPassed
from .appraisal import (
    AssessmentChecked,
    AssessmentEntered,
    AssessmentRefused,
    DayAssessed,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionRighted,
    PeriodAssessed,
    ResultPublished,
    RulesDecided,
    RulesEnforced,
    ScanAdded,
)
from .base import KINDS, SPEAKER, SYSTEM, Actor, Fact, encode, plain, term
from .chain import ChainDropped, ChainEnded, ChainPassed, ChainStarted
from .channels import BoxOpened, PaperHandedUp, ReceptionAnnounced, ReceptionMoved, ReceptionPublished
from .contacts import (
    VisitAnnounced,
    VisitFedBack,
    VisitMade,
    VisitRegistered,
    VisitReported,
    VisitSettled,
)
from .discipline import (
    SealedClosed,
    SealedHandedOn,
    SealedKeyAdded,
    SealedKeyRemoved,
    SealedOpened,
    SealedOverdue,
    SealedReceived,
    SealedTakenUp,
    SealedTold,
)
from .execution import (
    DutyCancelled,
    DutyDone,
    DutyExempted,
    DutyFellDue,
    DutyHandedOver,
    DutyLate,
    DutyMissed,
    DutyMoved,
)
from .feedback import (
    AnswerPublished,
    AnswerWithdrawn,
    IdentityErased,
    IdentityOpened,
    MatterAnswered,
    MatterCalledBack,
    MatterClosed,
    MatterDeclined,
    MatterDispatched,
    MatterExtended,
    MatterFirstAnswered,
    MatterGraded,
    MatterMerged,
    MatterOverdue,
    MatterPlanned,
    MatterRated,
    MatterReceived,
    MatterReopened,
    MatterReturned,
    MatterSignedIn,
    MatterSuspended,
    MatterWithdrawn,
)
from .focus import FocusEnded, FocusSet, GroupJoined, GroupLeft
from .instructions import InstructionAnswered, InstructionGiven
from .ledger import BodyErased, CompanyKept, EvidenceAttached, EvidenceErased, FactReversed
from .meeting import DecisionTaken, MeetingHeld
from .networks import NetworkPassed, NetworkRevised, NetworkTaken, NodeJoined, NodeLeft, NodePosted
from .organization import (
    DocumentIssued,
    ImportUndone,
    OrganizationImported,
    PersonPlaced,
    PostAppointed,
    PostClosed,
    PostEnded,
    PostOpened,
    UnitClosed,
    UnitCovered,
    UnitMoved,
    UnitOpened,
)
from .outreach import CareGiven, CondolenceMade
from .oversight import (
    MatterAdvised,
    MatterCleared,
    MatterDescribed,
    MatterLed,
    MatterLinked,
    MatterObjected,
    MatterReviewAsked,
    MatterSecondReview,
    MatterSupervised,
)
from .plans import PlanChecked, PlanConfirmed, ReportGiven
from .publicity import NoticePassedOn, NoticeReceived, OpennessPosted, PublicityEnded, PublicityPlanned
from .rectification import (
    FigureRecorded,
    FindingCorrected,
    FindingMade,
    InspectionMade,
    RectificationDone,
    RectificationOrdered,
    RectificationReturned,
    RectificationVerified,
)
from .research import TopicConcluded, TopicContributed, TopicPutUp
from .routines import RoutineEnded, RoutineInForce
from .study import SkillGained, StudyHeld
from .warning import GradingDecided, MatterProgressed, ProgressMissed, WarningCalled

__all__ = [
    "AnalysisFinished", "DiscussionHeld", "PointAnswered", "PointPassed",
    "ChainDropped", "ChainEnded", "ChainPassed", "ChainStarted",
    "InstructionAnswered",
    "InstructionGiven",
    "PlanChecked",
    "PlanConfirmed",
    "ReportGiven",
    "KINDS", "SPEAKER", "SYSTEM", "Actor", "AnswerPublished", "AnswerWithdrawn", "AssessmentChecked",
    "AssessmentEntered", "AssessmentRefused", "BodyErased", "BoxOpened", "CompanyKept", "DayAssessed", "DecisionTaken",
    "DocumentIssued", "DutyCancelled", "DutyDone", "DutyExempted", "DutyFellDue", "DutyHandedOver", "DutyLate",
    "DutyMissed", "DutyMoved", "EvidenceAttached", "EvidenceErased", "Fact", "FactReversed", "GradingDecided",
    "IdentityErased", "IdentityOpened", "ImportUndone", "MatterAdvised", "MatterAnswered", "MatterCalledBack",
    "MatterCleared", "MatterClosed", "MatterDeclined",
    "MatterDescribed", "MatterDispatched", "MatterExtended", "MatterFirstAnswered", "MatterGraded", "MatterLed",
    "MatterLinked", "MatterMerged", "MatterObjected", "MatterOverdue", "MatterPlanned", "MatterProgressed",
    "MatterRated", "MatterReceived", "MatterReopened", "MatterReturned", "MatterReviewAsked", "MatterSecondReview",
    "MatterSignedIn", "MatterSupervised", "MatterSuspended", "MatterWithdrawn", "NetworkPassed", "NetworkRevised",
    "NetworkTaken", "NodeJoined", "NodeLeft", "NodePosted", "ObjectionDecided", "ObjectionFiled", "MeetingHeld",
    "ObjectionRighted", "PaperHandedUp",
    "OrganizationImported", "PersonPlaced", "PostAppointed", "PostClosed", "PostEnded", "PostOpened",
    "PeriodAssessed", "ProgressMissed", "ReceptionAnnounced", "ReceptionMoved", "ReceptionPublished", "ResultPublished",
    "RoutineEnded", "RoutineInForce", "RulesDecided", "RulesEnforced", "ScanAdded", "SealedClosed", "SealedKeyAdded",
    "SealedHandedOn", "SealedKeyRemoved", "SealedOpened", "SealedOverdue", "SealedReceived", "SealedTakenUp",
    "SealedTold", "TopicConcluded", "TopicContributed", "TopicPutUp", "UnitClosed", "UnitCovered", "UnitMoved",
    "UnitOpened", "VisitAnnounced", "VisitFedBack", "VisitMade", "VisitRegistered", "VisitReported", "VisitSettled",
    "WarningCalled", "FigureRecorded", "FindingCorrected", "FocusEnded", "FocusSet", "GroupJoined", "GroupLeft",
    "FindingMade", "InspectionMade", "RectificationDone",
    "RectificationOrdered", "RectificationReturned", "RectificationVerified",
    "CareGiven", "CondolenceMade", "NoticePassedOn", "NoticeReceived", "OpennessPosted", "PublicityEnded",
    "PublicityPlanned", "SkillGained", "StudyHeld", "encode", "plain", "term",
]
