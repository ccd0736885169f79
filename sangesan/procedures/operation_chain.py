"""The chain across systems (链条式操作流程): where a work item may come from, and what is not entered twice.

A matter may become a work item, but never for whom or for which unit it is about. A visit to a
contact point or an inspection is a look at the unit: the open step 督促实施 is settled by it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sangesan.execution.rectification import sources
from sangesan.execution.work import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.access import thing_of
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.queries import Row
from sangesan.method.authority import Scope, excluded
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders, posts_of, scope_of
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of


def guard_matter(cause: str, post: Post, units: Sequence[Unit]) -> None:
    """Refuse to give a matter to whom it is about (回避): who leads and who heads a unit that takes part.

    The refusal names nobody: it would tell whom the matter is about.
    """
    thing, today = thing_of(Matter.objects.get(number=cause.partition("/")[2])), clock.today()
    heads = [one.pk for unit in units for one in posts_of(unit.pk, today) if one.head]
    people = {person for key in [post.pk, *heads] for person in holders(key, today)}
    if thing.sealed or any(excluded(scope_of(person, today), thing) for person in people):
        raise UserError(_("没有立项"), why=_("这件事项不能由所选的岗位或单位来办"),
                        next=_("请由上一级牵头，或另选单位"))


def looked(row: Row) -> int:
    """Settle the open looks at a unit (已到现场) by a recorded visit or inspection."""
    code = row.actor.removeprefix("post:")
    post = Post.objects.filter(code=code).first()
    if post is None:
        return 0
    return services.seen(path=row.unit, at=row.occurred_at, by=code, by_path=path_of(post.unit_id, row.day),
                         link=row.subject)


def unseen(scope: Scope) -> list[sources.Line]:
    """Return the work items nobody has looked at (没有人看过的工作项), for the list of work not inspected."""
    return [sources.Line(one.unit, one.title, one.days, one.url) for one in queries.unseen(scope)]
