"""The terms of a draft (办法条款): links, weights of lines, grades, pay; the draft is written anew with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.method.authority import Scope
from sangesan.method.ruling_terms import grade_faults, link_faults, pay_faults, weight_faults

from .. import queries
from ..models import Link, RuleSet
from .drafting import discard, draft, require


@transaction.atomic
def settle(*, scope: Scope, rule_set: int, **parts: Any) -> RuleSet:
    """Put some terms of a draft in the place of those it has (改写条款); what is wrong is said and nothing stored."""
    row, content = _draft(scope, rule_set)
    content |= parts
    grades = [(one["name"], one["least"], one["coefficient"]) for one in content["grades"]]
    faults = weight_faults(content["line_weights"]) if "line_weights" in parts else []
    faults += grade_faults(grades) if "grades" in parts else []
    if "pay" in parts:
        faults += pay_faults(parts["pay"]["floor"], parts["pay"]["deducted_most"], grades)
    _refuse(faults)
    return _written(row, content)


@transaction.atomic
def link(*, scope: Scope, rule_set: int, at: tuple[str, str] | None, said: dict[str, Any] | None) -> RuleSet:
    """Change the link rule at a line and kind of unit (修改挂钩办法), add one, or with None take it out."""
    row, content = _draft(scope, rule_set)
    there = {(k["line"], k["kind"]): k for k in content["links"]}
    base = there.pop(at, {}) if at is not None else {}
    if said is not None:
        key = (said["line"], said["kind"])
        if key in there:
            raise UserError(_("没有保存"), why=_("这条线的这一级已经有挂钩办法"), next=_("请回到草案修改原来的一条"))
        new = _whole(base | said)
        _refuse(link_faults(new["mode"], share=new["share"], rate=new["rate"] or 0, cap=new["cap"],
                            effect=new["veto_effect"], deduction=new["veto_deduction"], most=new["veto_cap"]))
        there[key] = new
    return _written(row, content | {"links": list(there.values())})


def _whole(said: dict[str, Any]) -> dict[str, Any]:
    """Return a link with all its terms (补齐): those not given as they are by default."""
    names = ("line", "kind", "mode", "share", "members", "rate", "cap", "margin", "veto_effect", "veto_deduction",
             "veto_cap")
    return {name: said.get(name, Link._meta.get_field(name).get_default()) for name in names}


def _draft(scope: Scope, rule_set: int) -> tuple[RuleSet, dict[str, Any]]:
    require(scope)
    row = queries.draft_row(rule_set, _("没有保存"))
    return row, queries.content_of(row)


def _written(row: RuleSet, content: dict[str, Any]) -> RuleSet:
    discard(rule_set=row.pk)
    return draft(code=row.code, version=row.version, **content)


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise UserError(_("没有保存"), why="；".join(f"{fault}" for fault in faults),
                        next=_("请改好再保存，草案没有变动"), code="rules")
