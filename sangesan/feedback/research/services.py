"""Changes of research (研讨): put up, contribute, conclude."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.queries import alike, masked, masker, matter_for
from sangesan.feedback.matters.services.steps import words
from sangesan.foundation import clock, ids
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import TopicConcluded, TopicContributed, TopicPutUp
from sangesan.organization.notices.services import notify
from sangesan.organization.people.models import Post
from sangesan.organization.units.queries import path_of

from . import queries
from .models import Contribution, Invitation, Topic

LONGEST = timedelta(days=366)
"""So long a topic may be studied (最长研讨期): what is later is a slip of the pen."""


@transaction.atomic
def put_up(*, scope: Scope, title: str, question: str, due_on: date, nodes: list[int],
           branches: list[str] = (), matter: str = "") -> Topic:
    """Put a topic up for study (出题) and ask nodes of the study network and of some branches' crews.

    It goes to many who see no matter: what is personal in its words is covered, as in contributions, and the names
    of all who spoke of the `matter` that it comes from, whom no roster need know.
    """
    if not queries.leads(scope):
        raise Forbidden(_("没有出题"), why=_("研讨题由党委工作部和矿领导出"))
    today = clock.today()
    if due_on <= today:
        raise UserError(_("没有出题"), why=_("截止日期要在今天以后"), next=_("请改一下截止日期"), code="due_on")
    if due_on > today + LONGEST:
        raise UserError(_("没有出题"), why=_("截止日期太远，最长一年"), next=_("请改一下截止日期"), code="due_on")
    able = {line.node.pk: line.node for line in queries.invitable(list(branches))}
    chosen = [able[pk] for pk in nodes if pk in able] + [line.node for line in queries.crews(list(branches))]
    if not chosen:
        raise UserError(_("没有出题"), why=_("没有邀请任何联络员"), next=_("请至少选一个支部或科室"), code="nodes")
    by, source = Post.objects.get(code=scope.posts[0].code), _source(scope, matter)
    cover = _cover(source)
    topic = Topic.objects.create(
        number=f"{today.year}-{ids.crockford(6)}", by=by, opened_on=today, due_on=due_on, matter_id=source,
        title=cover(words(title, what=_("题目"), longest=60))[:60],
        question=cover(words(question, what=_("要研究的问题"), longest=2_000)))
    Invitation.objects.bulk_create([Invitation(topic=topic, node=node) for node in {n.pk: n for n in chosen}.values()])
    record(TopicPutUp(subject=topic.subject, unit=path_of(by.unit_id, today), line=by.line, occurred_at=clock.now(),
                      quantity=queries.invited(topic)), actor=scope.actor)
    notify(posts={node.post_id for node in chosen}, subject=topic.subject, kind="topic.invited")
    return topic


def _cover(source: int | None) -> Callable[[str], str]:
    """Return what covers words about a topic (遮盖): of one from a matter as in the papers of that matter.

    Whoever contributes may know who spoke, and others read it. All of the roster is covered by one rule.
    """
    return alike([source]) if source else masked


def _source(scope: Scope, number: str) -> int | None:
    """Return the matter a topic comes from (来源事项), which whoever puts it up must see."""
    if not number:
        return None
    try:
        return matter_for(scope, number).pk
    except NotFound:
        raise UserError(_("没有出题"), why=_("没有找到这件事项，或者不在您的范围内"),
                        next=_("请核对编号；不是从事项来的题不用填"), code="matter") from None


@transaction.atomic
def contribute(*, scope: Scope, number: str, text: str) -> Contribution:
    """Say what one sees (提交意见), as the node that was asked; names and numbers in it are covered."""
    topic = queries.topic_for(scope, number)
    if Topic.objects.select_for_update().filter(pk=topic.pk, concluded_on=None).first() is None:
        raise Conflict(_("没有提交"), why=_("这个课题已经有了结论"), next=_("有新情况请向党委工作部提出"))
    node = queries.asked(scope, topic)
    if node is None:
        raise Forbidden(_("没有提交"), why=_("这个课题没有邀请您的岗位"), next=_("请把情况告诉本支部的联络员"))
    made = Contribution.objects.create(topic=topic, node=node, on=clock.today(),
                                       text=_cover(topic.matter_id)(words(text, what=_("意见"), longest=2_000))[:2_000])
    record(TopicContributed(subject=topic.subject, unit=path_of(node.unit_id, clock.today()), line=node.post.line,
                            occurred_at=clock.today()), actor=scope.actor)
    return made


@transaction.atomic
def conclude(*, scope: Scope, number: str, text: str) -> Topic:
    """Draw a conclusion (作结论); whoever was asked is told, and every node may read it from now on."""
    topic = queries.topic_for(scope, number)
    if not queries.leads(scope):
        raise Forbidden(_("没有作结论"), why=_("结论由出题的一方作"))
    said = _cover(topic.matter_id)(words(text, what=_("结论"), longest=3_000))
    if not Topic.objects.filter(pk=topic.pk, concluded_on=None).update(conclusion=said, concluded_on=clock.today()):
        raise Conflict(_("没有作结论"), why=_("已经有结论了"), next=_("请刷新页面"))
    record(TopicConcluded(subject=topic.subject, unit=path_of(topic.by.unit_id, clock.today()), line=topic.by.line,
                          occurred_at=clock.now(), quantity=topic.contributions.count()), actor=scope.actor, words=said)
    notify(posts=set(topic.invitations.values_list("node__post", flat=True)), subject=topic.subject,
           kind="topic.concluded")
    topic.refresh_from_db()
    return topic


def to_cover() -> int:
    """Return how many topics stand covered in all (遮盖件数)."""
    return Topic.objects.count()


@transaction.atomic
def cover_again(after: int, most: int) -> list[int]:
    """Cover the next topics after a key anew (重新遮盖一批), with what was said to them; return their keys."""
    rows = Topic.objects.select_for_update(no_key=True).filter(pk__gt=after)  # whoever concludes waits
    topics, plain = list(rows.order_by("pk")[:most]), masker()
    covers = {one.pk: _cover(one.matter_id) if one.matter_id else plain for one in topics}
    for one in topics:
        cover = covers[one.pk]
        one.title, one.question, one.conclusion = cover(one.title)[:60], cover(one.question), cover(one.conclusion)
    Topic.objects.bulk_update(topics, ["title", "question", "conclusion"], batch_size=200)
    said = list(Contribution.objects.filter(topic__in=topics))
    for each in said:
        each.text = covers[each.topic_id](each.text)
    Contribution.objects.bulk_update(said, ["text"], batch_size=200)
    return [one.pk for one in topics]
