"""What keeps a draft from being decided (办法审查结果)."""

from __future__ import annotations

from sangesan.method import books, ruling, ruling_terms

from .. import models
from ..kinds import ASSESSED


def faults(row: models.RuleSet) -> list[str]:
    """Return all that is wrong with a version (不合要求之处), in plain Chinese."""
    on = set(models.Field.objects.filter(on=True).values_list("code", flat=True))
    written = [ruling.Written(
        name=i.name, weight=i.weight, method=i.method, side=i.side, kinds=tuple(i.kinds),
        placed=books.section(i.book, i.section) is not None, on=not i.field or i.field in on,
        least=i.least, full=i.full, floor=i.floor, cap=i.cap, planned=i.planned, tallies=i.tallies, target=i.target,
        standard=i.standard,
    ) for i in row.indicators.all()]
    grades = list(row.grades.values_list("least", "coefficient"))
    found = ruling.faults(written, grades, row.line_weights, dict(ASSESSED))
    for k in row.links.all():
        rate = k.share if k.rate is None else k.rate
        wrong = ruling_terms.link_faults(k.mode, share=k.share, rate=rate, cap=k.cap, effect=k.veto_effect,
                                         deduction=k.veto_deduction, most=k.veto_cap)
        found += [f"{k.get_mode_display()}：{one}" for one in wrong]
    return found


def switched_off() -> set[str]:
    """Return the fields of assessment that are off (停用的领域)."""
    return set(models.Field.objects.filter(on=False).values_list("code", flat=True))
