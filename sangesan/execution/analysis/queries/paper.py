"""An analysis and a discussion in words (文稿): on the page, in Word and PDF, and as evidence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.execution.duties.queries.access import beneath
from sangesan.method import analysis as rule
from sangesan.method.papers import day_said
from sangesan.organization.documents.queries import Told
from sangesan.organization.units.models import Kind

from ..models import Analysis, Discussion

GRADES = {"A": lazy("紧急"), "B": lazy("重要"), "C": lazy("一般")}


def parts_of(analysis: Analysis) -> list[tuple[str, list[str]]]:
    """Return the parts of an analysis (分析各部分): from its figures, the author's as they were written."""
    told = analysis.figures
    parts = [(_("基本情况"), _basics(told)), (_("本月主要反映"), _topics(told)), (_("原因分析"), [analysis.causes]),
             (_("上月事项落实"), _followed(told)), (_("预警情况"), _warned(told)), (_("对策建议"), [analysis.advice])]
    return [(word, [line for line in lines if line]) for word, lines in parts]


def _basics(told: dict[str, Any]) -> list[str]:
    about = _("约") if told.get("about") else ""
    heard = _("本月反映的人数少，不列总数")
    if told.get("heard") is not None:
        heard = _("本月共反映%(about)s %(n)d 件") % {"about": about, "n": told["heard"]}
    more = "" if about else rule.compared(told.get("heard"), told.get("before"))
    lines = [f"{heard}{'，' + more if more else ''}。"]
    groups = "、".join(_("%(word)s %(n)s 件") % {"word": word, "n": n} for word, n in told.get("groups", []))
    lines.append(_("按人群：%s。") % groups if groups else "")
    lines.append(_("到联系点 %(visits)d 次，开会 %(meetings)d 次。") % {
        "visits": told.get("visit_made", 0), "meetings": told.get("meeting_held", 0)})
    branches = "、".join(_("%(name)s %(n)s 件") % {"name": name, "n": n} for name, n in told.get("branches", []))
    return [*lines, _("按支部：%s。") % branches if branches else "",
            _("件数取整到五，人数少的不列。") if about else ""]


def _topics(told: dict[str, Any]) -> list[str]:
    found = [_("%(n)s. %(word)s：%(count)s 件。") % {"n": n, "word": word, "count": count}
             for n, (word, count) in enumerate(told.get("topics", []), 1)]
    few = _("其余类别反映的人数少，不列数。") if found else _("各类别反映的人数都少，不列数。")
    few = few if told.get("hidden") else ""
    return [*found, few] if found or few else [_("本月没有反映。")]


def _followed(told: dict[str, Any]) -> list[str]:
    matters = _("答复 %(answered)d 件，其中按期 %(in_time)d 件；办结 %(closed)d 件，"
                "超期 %(overdue)d 件，重新办理 %(reopened)d 件。") % {
        name: told.get(f"matter_{name}", 0) for name in ("answered", "in_time", "closed", "overdue", "reopened")}
    rate = told.get("satisfied")
    rated = _("有评价 %(n)d 件，满意和基本满意占 %(rate)s%%。") % {
        "n": told.get("rated", 0), "rate": f"{rate / 10:g}"} if rate is not None else ""
    duties = _("应办 %(fell_due)d 件，按时 %(done)d 件，迟办 %(late)d 件，未办 %(missed)d 件。") % {
        name: told.get(f"duty_{name}", 0) for name in ("fell_due", "done", "late", "missed")}
    return [matters, rated, duties]


def _warned(told: dict[str, Any]) -> list[str]:
    found = "、".join(_("%(grade)s 级（%(value)s）%(n)s 件") % {"grade": grade, "value": GRADES[grade], "n": n}
                      for grade, n in told.get("grades", []) if grade in GRADES)
    return [_("%s。") % found if found else _("没有可列数的预警。")]


def composed(analysis: Analysis) -> dict[str, Any]:
    """Return an analysis as a paper (分析文稿)."""
    name, month = analysis.unit.name, _("%(year)s年%(month)s月") % {"year": analysis.month.year,
                                                                    "month": analysis.month.month}
    parts: list[dict[str, str]] = []
    for number, (word, lines) in enumerate(parts_of(analysis)):
        parts += [{"kind": "h1", "text": f"{_('一二三四五六')[number]}、{word}"},
                  *({"kind": "p", "text": line} for line in lines)]
    if analysis.unit.kind == Kind.COMMITTEE and (advised := advice_below(analysis)):
        parts += [{"kind": "h1", "text": _("附：各支部建议")},
                  *({"kind": "p", "text": f"{unit}：{said}"} for unit, said in advised)]
    first, last = (day_said(day) for day in rule.days_of(analysis.month))
    parts.append({"kind": "p", "text": _(
        "数据来源：三个三系统台账，%(first)s至%(last)s。基本情况、主要反映、事项落实和预警的数字由台账生成，其余是本单位研究的意见。")
        % {"first": first, "last": last}})
    return {"form": "letter", "org": f"{name}{_('思想状况分析')}", "number": "", "title": _("%(month)s职工思想状况分析")
            % {"month": month},
            "signer": name, "date": day_said(rule.days_of(analysis.month)[1]), "parts": parts, "subject": ""}


def advice_below(analysis: Analysis) -> list[tuple[str, str]]:
    """Return the advice of the branches beneath (各支部建议), of finished analyses alone."""
    rows = Analysis.objects.filter(beneath(frozenset({analysis.unit_id})), month=analysis.month,
                                   finished_at__isnull=False).exclude(pk=analysis.pk)
    return list(rows.order_by("unit__position", "unit__code").values_list("unit__name", "advice"))


def told(analysis: Analysis) -> Told:
    """Return an analysis as a document (月分析文书)."""
    notes = [] if analysis.finished_at else [_("草稿：还没有研究定稿。")]
    return Told(None, composed(analysis) | {"notes": notes}, "")


def told_of(discussion: Discussion) -> Told:
    """Return a discussion as a document (座谈记录文书): who was there by group, each point with its answer."""
    parts = [{"kind": "flush", "text": f"{word}：{said}"} for word, said in (
        (_("时间"), day_said(discussion.day)), (_("地点"), discussion.place), (_("参加"), discussion.said)) if said]
    for point in discussion.points.all():
        answer = point.answer or _("办理中")
        parts.append({"kind": "p", "text": _("%(place)s. %(text)s（%(value)s）答复：%(answer)s")
                      % {"place": point.place, "text": point.text, "value": rule.ROADS[point.road], "answer": answer}})
    name = discussion.unit.name
    return Told(None, {"form": "letter", "org": f"{name}{_('座谈记录')}", "number": "",
                       "title": _("%(value)s座谈记录") % {"value": rule.quarter_said(discussion.quarter)},
                       "signer": name,
                       "date": day_said(discussion.day), "parts": parts, "subject": "", "notes": []}, "")
