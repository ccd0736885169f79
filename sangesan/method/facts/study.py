"""Facts of study days (学习日的台账条目): heads counted, never who; a self-test leaves no fact at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .base import Fact


@dataclass(frozen=True, kw_only=True)
class StudyHeld(Fact):
    """A study day was held (学习): `quantity` heads were counted by the host, `of` it party, skill or safety."""

    kind: ClassVar[str] = "study.held"
    of: str
    shift: str = ""


@dataclass(frozen=True, kw_only=True)
class SkillGained(Fact):
    """Skill grades or certificates were gained (取得技能等级、证书): `quantity` of a unit, `what` the grade."""

    kind: ClassVar[str] = "skill.gained"
    what: str
