"""Facts of watching over matters (督办、复查、包案的台账条目), of the feedback system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class MatterSupervised(Fact):
    """A matter was put under supervision (督办) for a reason, or its result came back, or it ended."""

    kind: ClassVar[str] = "matter.supervised"


@dataclass(frozen=True, kw_only=True)
class MatterAdvised(Fact):
    """One of the three proposals was made (三项建议): improve, policy or account; reason says which."""

    kind: ClassVar[str] = "matter.advised"


@dataclass(frozen=True, kw_only=True)
class MatterLed(Fact):
    """A leader took a matter on (包案), or concluded it; reason says which."""

    kind: ClassVar[str] = "matter.led"


@dataclass(frozen=True, kw_only=True)
class MatterLinked(Fact):
    """A repeat was linked to the first one (关联初次件); `to` is the first one's address."""

    kind: ClassVar[str] = "matter.linked"
    to: str


@dataclass(frozen=True, kw_only=True)
class MatterCleared(Fact):
    """Who spoke and what was said went when their time was over (到期清除); figures and facts stay."""

    kind: ClassVar[str] = "matter.cleared"
    grade: str = ""


@dataclass(frozen=True, kw_only=True)
class MatterObjected(Fact):
    """What another body forwarded is not ours (异议): asked, agreed or refused; reason says which."""

    kind: ClassVar[str] = "matter.objected"


@dataclass(frozen=True, kw_only=True)
class MatterSecondReview(Fact):
    """A review (复查、复核): uphold, change, redo, or a hearing begun and over; `round` is 2 or 3."""

    kind: ClassVar[str] = "matter.second_review"
    round: int = 2


@dataclass(frozen=True, kw_only=True)
class MatterReviewAsked(Fact):
    """The speaker asked for a review (申请复查) or a re-review (申请复核); `round` is 2 or 3."""

    kind: ClassVar[str] = "matter.review_asked"
    stream: ClassVar[str] = "speaker"
    round: int = 2


@dataclass(frozen=True, kw_only=True)
class MatterDescribed(Fact):
    """The registration was corrected (更正登记): each pair is what stood there and what stands now.

    `reason` names all that changed, joined by +; `moved_from` is the unit it was said to have arisen
    in. Former words of title and place stay with the matter.
    """

    kind: ClassVar[str] = "matter.described"
    category_before: str = ""
    category: str = ""
    kind_before: str = ""
    kind_now: str = ""
    moved_from: str = ""
    affected_before: int = 0
    affected: int = 0
