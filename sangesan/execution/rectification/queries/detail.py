"""One finding, whole (问题详情): what was found, what was done, who verifies, what I can do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Asking, Happening
from sangesan.execution.duties.queries.holders import answering
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method import rectification as rule
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.queries import on, within

from ..models import External, Finding, Photo
from ..words import DUTY, STATES
from .access import MOST_ID, finding_for, findings, state_of, with_state


@dataclass(frozen=True)
class Detail:
    """What the page of a finding shows (问题页)."""

    finding: Finding
    state: str
    chip: tuple
    entries: list[dict]
    asking: Asking | None
    does: bool
    verifies: bool
    bar: str
    names: bool
    decides: bool
    source: External | None
    photos: list[Photo]

    @property
    def asks(self) -> bool:
        """Whether another date may be asked for (可否申请改期)."""
        return self.does and self.asking is None


def doing(finding: Finding) -> Happening | None:
    """Return what settled the duty of a finding (整改完成的经过), or None; reads what was fetched beforehand."""
    rows = finding.duty.happenings.all() if finding.duty else ()
    return next((row for row in rows if row.what == "done" and row.withdrawn_at is None), None)


def verifier(scope: Scope) -> rule.Verifier:
    """Return a scope as the rule of verification takes it (验收人)."""
    return rule.Verifier(scope.person, scope.post_codes, scope.superiors)


def posts_held(people: Iterable[int]) -> dict[int, set[str]]:
    """Return the posts that people hold today (在任岗位), in one query."""
    held: dict[int, set[str]] = {}
    for person, code in on(Appointment.objects.filter(person__in=set(people)), clock.today()).values_list(
            "person_id", "post__code"):
        held.setdefault(person, set()).add(code)
    return held


def barred(scope: Scope, finding: Finding, done: Happening, held: dict[int, set[str]] | None = None) -> str:
    """Return why a person can't verify (不能验收的原因), '' when they can; `held` when many are judged."""
    held = posts_held([done.person]) if held is None else held
    codes = held.get(done.person, set()) | {done.post}
    own = {post.unit for post in scope.posts}
    return rule.refusal(verifier(scope), finder=finding.inspection.person, doer=done.person, doer_posts=codes,
                        named=finding.named.code if finding.named else "", responsible=finding.unit_id in own)


def does(scope: Scope, finding: Finding) -> bool:
    """Return whether a person puts it right (是否整改单位的人)."""
    return finding.unit_id in scope.units_for(Action.DO_WORK)


def oversees(scope: Scope, finding: Finding) -> bool:
    """Return whether a person stands over it from outside (是否由其同意): the finder, or who assigns above the unit."""
    if scope.person == finding.inspection.person:
        return True
    own = {post.unit for post in scope.posts}
    return finding.unit_id in within(scope, Action.ASSIGN_WORK) and finding.unit_id not in own


def decides(scope: Scope, finding: Finding, asking: Asking) -> bool:
    """Return whether a person answers an application (能否答复改期): who neither asked nor answers for the duty.

    A finder who stands in for the unit's head is no second person (docs/adr/0037).
    """
    return asking.person != scope.person and oversees(scope, finding) and scope.person not in answering(finding.duty)


def detail_of(scope: Scope, pk: int) -> Detail:
    """Fetch a finding with all around it (取详情). Raises NotFound."""
    finding_for(scope, pk)
    finding = with_state(findings(scope)).get(pk=pk)
    state, done = state_of(finding), doing(finding)
    asking = finding.duty.askings.filter(decided_at=None).first() if finding.duty else None
    bar = barred(scope, finding, done) if done is not None else "stranger"
    running = state in ("open", "late")
    return Detail(
        finding=finding, state=state, chip=STATES[state], entries=_entries(finding), asking=asking,
        does=running and does(scope, finding), verifies=state == "done" and not bar, bar=bar,
        names=state not in ("verified", "waived") and scope.person == finding.inspection.person,
        decides=asking is not None and decides(scope, finding, asking),
        photos=list(finding.photos.defer("content")),
        source=External.objects.filter(finding=finding).first(),
    )


def photo_for(scope: Scope, pk: int, photo: int) -> bytes:
    """Return a photo (取照片) of a finding one may see. Raises NotFound, absent or not visible alike."""
    found = finding_for(scope, pk).photos.filter(pk=min(photo, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return bytes(found.content)


def _entries(finding: Finding) -> list[dict]:
    """Return the history in order (经过): found, moved, done, sent back, verified."""
    inspection = finding.inspection
    rows = [(finding.entered_at, _("查出问题、下达整改"), inspection.post, "", "")]
    for asking in finding.duty.askings.all() if finding.duty else ():
        asked = f"{clock.local(asking.due):%Y-%m-%d} {asking.words}"
        rows.append((asking.at, _("申请改期"), asking.post, asked, ""))
        if asking.agreed is False:
            rows.append((asking.decided_at, _("没有同意改期"), "", "", ""))
    for happened in finding.duty.happenings.all() if finding.duty else ():
        if happened.what == "done":
            rows.append((happened.entered_at, _("整改完成"), happened.post, happened.words, ""))
        if happened.what == "moved":
            moved = f"{clock.local(happened.due):%Y-%m-%d}"
            rows.append((happened.entered_at, _("同意改期"), happened.post, moved, ""))
        if happened.what in ("exempted", "cancelled", "handed"):
            why = " ".join(filter(None, (str(DUTY.get(happened.reason, "")), happened.words)))
            rows.append((happened.entered_at, happened.get_what_display(), happened.post, why, ""))
    for verdict in finding.verdicts.all():
        word = _("验收通过") if verdict.passed else _("验收退回")
        rows.append((verdict.at, word, verdict.post, verdict.words, "" if verdict.passed else "late"))
    posts = Post.objects.filter(code__in={row[2] for row in rows})
    titles = {code: f"{unit}{title}" if unit not in title else title
              for code, unit, title in posts.values_list("code", "unit__name", "title")}
    return [{"at": at, "word": word, "note": titles.get(post, ""), "text": text, "tone": tone}
            for at, word, post, text, tone in sorted(rows, key=lambda row: row[0])]
