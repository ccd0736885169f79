"""Measures (成效项): what is counted, of what, and by which rule; data of the outcome page.

Row O1 of the chapter: skill grades and certificates, 创先争优 and 学习型党组织, matters answered in
time, satisfaction, repeats, duties done on time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..disclosure import RATINGS_LEAST
from ..words import word

GROUPS = {"quality": word("职工素质"), "harmony": word("和谐稳定"), "execution": word("执行力")}
"""The three things the chapter claims (三个方面)."""
GRADES = ("junior", "middle", "senior", "technician", "master")


@dataclass(frozen=True)
class Count:
    """Facts of a kind whose fields have these values (计数): how many, or their quantities with `heads`."""

    kind: str
    where: tuple[tuple[str, tuple[int | str, ...]], ...] = ()
    heads: bool = False

    def fits(self, content: Mapping[str, Any]) -> bool:
        """Return whether a fact of this kind counts (是否计入)."""
        return all(content.get(name) in wanted for name, wanted in self.where)


@dataclass(frozen=True)
class Measure:
    """An outcome (成效项): what is counted as good, and of what; `few` says whom a small number could point at."""

    slug: str
    word: str
    group: str
    unit: str
    rule: str
    good: tuple[Count, ...]
    of: tuple[Count, ...] = ()
    least: int = 1
    few: str = ""
    lower: bool = False

    @property
    def counts(self) -> tuple[Count, ...]:
        return self.good + self.of

    @property
    def kinds(self) -> set[str]:
        """The kinds of facts it reads (所读条目)."""
        return {one.kind for one in self.counts}


def _is(kind: str, **where: int | str | tuple) -> Count:
    return Count(kind, tuple((name, value if isinstance(value, tuple) else (value,)) for name, value in where.items()))


SOON = _is("matter.answered", in_time=1)
MEASURES: tuple[Measure, ...] = (
    Measure("grades", word("取得技能等级"), "quality", word("人次"),
            word("期内登记取得初级工至高级技师的人次，只计人数，不列名单。"),
            (Count("skill.gained", (("what", GRADES),), heads=True),), few="heads"),
    Measure("certificates", word("取得证书、职称"), "quality", word("人次"),
            word("期内登记取得特种作业证和专业技术职称的人次，只计人数。"),
            (Count("skill.gained", (("what", ("certificate", "title")),), heads=True),), few="heads"),
    Measure("learning", word("学习型党组织：学习日"), "quality", word("次"),
            word("期内按学习制度举办的学习日次数，由主持人登记。"),
            (_is("study.held"),)),
    Measure("attendance", word("学习日参加"), "quality", word("人次"),
            word("期内各次学习日的到会人数相加，由主持人清点，不记名字。"),
            (Count("study.held", heads=True),)),
    Measure("pioneer", word("创先争优"), "quality", word("项"),
            word("获上级表彰、经验被推广，考核员凭文件登记、另一人复核的项数。"),
            (_is("assessment.checked", indicator="pioneer"),)),
    Measure("in_time", word("事项按期答复"), "harmony", word("件"),
            word("期内答复的事项中，在承诺时限之内答复的比例。"),
            (SOON,), (_is("matter.answered"),), few="matters"),
    Measure("satisfied", word("职工评价满意"), "harmony", word("份"),
            word("期内评价中满意和基本满意的比例，满十份才显示。"),
            (_is("matter.rated", rating=("satisfied", "basic")),), (_is("matter.rated"),), RATINGS_LEAST, "matters"),
    Measure("reopened", word("重新办理"), "harmony", word("件"), word("期内重新办理的件次与办结件次之比，越低越好。"),
            (_is("matter.reopened"),), (_is("matter.closed"),), few="matters", lower=True),
    Measure("repeated", word("重复反映"), "harmony", word("件"),
            word("期内关联到以前事项的件数：同一件事又反映了一次，越低越好。"),
            (_is("matter.linked"),), few="matters", lower=True),
    Measure("duties", word("应办事项按时办结"), "execution", word("项"),
            word("期内到期的应办事项中按时办结的比例；迟办、未办都在分母里。"),
            (_is("duty.done"),), (_is("duty.done"), _is("duty.late"), _is("duty.missed"))),
    Measure("rectified", word("整改一次验收通过"), "execution", word("项"),
            word("期内验收的整改中，没有退回就通过的比例。"),
            (_is("rectification.verified"),), (_is("rectification.verified"), _is("rectification.returned"))),
    Measure("chains", word("工作项按期评估办结"), "execution", word("项"), word("期内评估办结的工作项中按期的比例。"),
            (_is("chain.ended", in_time=1),), (_is("chain.ended"),)),
    Measure("visits", word("联系点走访"), "execution", word("次"),
            word("期内联系点当面听取意见的次数，没有问题也算一次。"), (_is("visit.made"),)),
)
BY_SLUG = {one.slug: one for one in MEASURES}
