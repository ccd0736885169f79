"""Words and shapes for the numbers of the first page (数字的说法): counts beside every rate, change in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sangesan.feedback.matters.queries import LED, Open
from sangesan.method.outcomes import Measure, Number, floor

from .queries.outcomes import Opened, Outcome
from .queries.today import Tile, Today, Week


def keys(today: Today) -> list[dict[str, Any]]:
    """Return the five key figures (关键数字)."""
    month, live = today.month, today.open
    rates = [100 * w.in_time / w.answered for w in today.weeks if w.answered]
    return [
        {"word": _("未办结"), "value": live.total, "unit": _("件"), "url": "/w/matters/?state=open", "tone": "act",
         "sub": grades_said(live),
         "trend": [w.received or 0 for w in today.weeks]},
        {"word": _("超过时限"), "value": live.late, "unit": _("件"), "url": "/w/matters/?state=open&overdue=on",
         "tone": "bad", "good": paint(month.late, month.late_before),
         "sub": _("告知、签收、答复、措施、办理、进展任一项；%s") % change(month.late, month.late_before),
         "trend": [w.late for w in today.weeks]},
        {"word": _("按期答复率（近 30 天）"), "value": month.on_time, "unit": "%", "tone": "ok", "trend": rates,
         "sub": _("%(n)s 件中 %(good)s 件按期") % {"n": month.answered, "good": month.in_time}
         if month.answered else _("近 30 天没有答复")},
        {"word": _("首次答复用时（中位）"), "value": today.first_answer, "unit": _("小时"), "tone": "warn",
         "sub": _("近 30 天 %(n)s 件，从派单算起") % {"n": today.first_answers} if today.first_answers
         else _("近 30 天没有首次答复")},
        {"word": _("职工评价满意"), "value": month.satisfied, "unit": "%", "tone": "ok",
         "sub": _("近 30 天 %(n)s 份评价") % {"n": month.ratings} if month.satisfied is not None
         else _("满 10 份评价后显示")},
    ]


def grades_said(live: Open) -> str:
    """Say how many of each grade are open (各级件数), and how many have no grade yet."""
    said = _("紧急 %(a)s · 重要 %(b)s · 一般 %(c)s") % {"a": live.a, "b": live.b, "c": live.c}
    rest = live.total - live.a - live.b - live.c
    return said + (_(" · 待定级 %(n)s") % {"n": rest} if rest else "")


def change(now: int, before: int) -> str:
    """Say how a count changed (变化说法), in words and not by colour alone."""
    if now == before:
        return _("近 7 天新超期 %(n)s 件") % {"n": now}
    words = _("新超期 %(n)s 件，较前 7 天少 %(d)s 件") if now < before else _("新超期 %(n)s 件，较前 7 天多 %(d)s 件")
    return words % {"n": now, "d": abs(now - before)}


def paint(now: int, before: int) -> str:
    """Return the class that paints a change good or bad (好坏)."""
    return "good" if now < before else "bad" if now > before else ""


def points(weeks: Sequence[Week]) -> list[tuple[str, int | None]]:
    """Return the points of the weekly chart (每周反映量)."""
    return [(_("%(n)s周") % {"n": w.label}, w.received) for w in weeks]


def volume_said(weeks: Sequence[Week]) -> str:
    """Say the weekly chart in a sentence (图的说明)."""
    shown = [w.received for w in weeks if w.received is not None]
    if not shown or not any(shown):
        return _("还没有可显示的数据")
    said = _("近 %(n)s 周共 %(total)s 件，最多一周 %(most)s 件") % {
        "n": len(weeks), "total": sum(shown), "most": max(shown)}
    return said if len(shown) == len(weeks) else said + _("；反映人不足 5 位的周不显示")


def tiles(found: Sequence[Tile]) -> list[dict[str, Any]]:
    """Return units as the board takes them (单位方格)."""
    return [{"word": t.name, "value": t.open, "urgent": t.urgent,
             "url": f"/w/matters/?unit={t.code}&state=open&mark={LED}"} for t in found]


def outcome_key(one: Outcome, span: str) -> dict[str, Any]:
    """Return an outcome as a key figure (成效数字): a rate with its counts, or a plain count, and the one before."""
    measure, now, before = one.measure, one.now, one.before
    value, unit = _value(now), "%" if measure.of else measure.unit
    said = counts_said(measure, now)
    earlier = _value(before)
    if earlier is not None:
        former = {"before": f"{earlier:,}", "unit": unit if measure.of else f" {unit}"}
        said = _("%(said)s · 上期 %(before)s%(unit)s") % (former | {"said": said}) if said \
            else _("上期 %(before)s%(unit)s") % former
    return {"word": measure.word, "value": value, "unit": unit, "sub": said, "good": _better(measure, value, earlier),
            "url": f"/w/outcomes/{measure.slug}/?span={span}"}


def counts_said(measure: Measure, one: Number) -> str:
    """Say the counts beside a rate (件数说法), or why there is none."""
    if one.hidden:
        return _("满月且满 %d 才显示") % floor(measure)
    if not measure.of:
        return ""
    if not one.of:
        return _("期内没有")
    said = _("%(of)s %(unit)s中 %(good)s %(unit)s") % {
        "of": f"{one.of:,}", "good": f"{one.good:,}", "unit": measure.unit}
    return said if one.rate is not None else _("%s，满 %d 份后显示比例") % (said, measure.least)


def rate_said(one: Number) -> str:
    """Return a rate in percent (比例), '' where there is none."""
    return "" if one.rate is None else f"{one.rate / 10:.1f}%"


def outcome_points(found: Opened) -> list[tuple[str, float | int | None]]:
    """Return the points of a measure's chart (走势)."""
    return [(one.short, _value(number)) for one, number in zip(found.spans, found.outcome.trend, strict=True)]


def _value(one: Number) -> float | int | None:
    if one.hidden or one.of is None:
        return one.good
    return None if one.rate is None else one.rate / 10


def _better(measure: Measure, now: float | int | None, before: float | int | None) -> str:
    """Return the class that paints a change (好坏); of counts more is no merit by itself."""
    if not measure.of or now is None or before is None or now == before:
        return ""
    return "good" if (now < before) == measure.lower else "warn"
