"""Opening an identity (查看身份): with a reason, recorded before it is served; and erasing it at its owner's wish."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.speakers.services import Who, note_opening, read_identity
from sangesan.feedback.speakers.services import erase_name as erase
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action, Scope, may
from sangesan.method.facts import IdentityOpened

from .. import queries
from ..queries import Heard
from ..signals import nameless
from .ending import held
from .steps import reasoned


@transaction.atomic
def erase_name(*, code: str | Heard) -> None:
    """Erase the speaker's own name and contact (删除姓名), at once, whatever became of the matter. Safe to repeat.

    Nobody else's of a group matter. The ledger hears of it at night, by day only (adr/0082).
    """
    found = held(code)
    if not found.name_kept and not found.name_erased:
        raise Conflict(_("没有可删除的姓名"), why=_("这件没有留下姓名和联系方式，或者已经按保存期限清除"))
    nameless.send(sender=None, matters=[found.matter.pk, found.submission.matter_id])
    erase(found.submission.receipt)


def open_identity(*, scope: Scope, number: str, submission: int, reason: str) -> Who:
    """Open a speaker's identity (查看身份). The speaker sees which post did, and how often."""
    with transaction.atomic():
        matter = queries.matter_for(scope, number)
        thing = queries.thing_of(matter)
        if not may(scope, thing.keeper or Action.OPEN_IDENTITY, thing):
            raise Forbidden(_("没有查看"), why=_("您的岗位没有查看身份的权限"))
        reason = reasoned(reason)
        identity = dict(queries.identities(matter)).get(submission)
        if identity is None:
            raise NotFound(_("没有可查看的身份"), why=_("这是匿名件，没有留下姓名，或者反映人已经删除了姓名"))
        post = scope.posts[0]
        note_opening(identity=identity, role=post.role.value, post=post.title, person=scope.person, reason=reason)
        audit("identity.opened", scope=scope, subject=matter.subject)
        record(IdentityOpened(subject=matter.subject, unit=matter.path, occurred_at=clock.now()), actor=scope.actor,
               words=reason)
    return read_identity(identity)
