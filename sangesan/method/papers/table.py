"""Which papers there are (文书一览): for whom, by whose permission, in which stage of a matter (domain.md 1.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..authority import Action
from ..lifecycle import State
from ..words import word


@dataclass(frozen=True)
class Stage:
    """What decides whether a paper makes sense (所处阶段)."""

    state: State
    sealed: bool = False
    history: bool = False
    lead: bool = False
    dispatched: bool = False
    answered: bool = False
    extended: bool = False
    supervised: bool = False
    reviewed: frozenset[int] = frozenset()
    disputed: bool = False
    """A review of the answer that stands was asked for or decided (已申请复查): an opinion tells of no right to it."""


@dataclass(frozen=True)
class Ask:
    """What nobody has entered yet (待填内容): asked once, on the page that issues the paper."""

    name: str
    word: str
    start: str = ""
    help: str = ""
    long: bool = False
    needed: bool = True
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A kind of paper (文种). `to` is speaker, lead or above; `letter` its form after GB/T 9704."""

    slug: str
    name: str
    to: str
    letter: bool
    permission: Action
    when: Callable[[Stage], bool]
    asks: tuple[Ask, ...] = ()


S = State
_UNDER_WAY = {S.DISPATCHED, S.HANDLING, S.REVIEW, S.SUSPENDED, S.RETURNED}
_AFTER = {S.ANSWERED, S.CLOSED, S.SECOND_REVIEW, S.THIRD_REVIEW, S.ENDED}
LAW = word("《信访工作条例》及本单位有关规定")
_REQUEST = Ask("request", word("反映事项"), help=word("用自己的话概括，不照抄原文，不写反映人姓名"))
_BASIS = Ask("basis", word("依据"), LAW, word("写到文件名称，有具体条款的写明条款"))
_GROUNDS = Ask("grounds", word("查明的事实和理由"), help=word("查了什么、查到什么、为什么这样认定"), long=True)
OUTCOMES = (("support", word("予以支持")), ("part", word("部分支持")),
            ("explain", word("诉求合理但缺乏依据，作解释说明")),
            ("refuse", word("不予支持")))

PAPERS: tuple[Paper, ...] = (
    Paper("accepted", word("受理告知书"), "speaker", True, Action.TRIAGE,
          lambda s: s.state in _UNDER_WAY and s.lead, (_REQUEST,)),
    Paper("forwarded", word("转送告知书"), "speaker", True, Action.TRIAGE,
          lambda s: s.state in _UNDER_WAY and s.lead, (_REQUEST,)),
    Paper("declined", word("不予受理告知书"), "speaker", True, Action.TRIAGE,
          lambda s: s.state == S.DECLINED, (_REQUEST,)),
    Paper("assigned", word("交办函"), "lead", True, Action.TRIAGE,
          lambda s: s.state in _UNDER_WAY and s.lead, (_REQUEST,)),
    Paper("extended", word("延期告知书"), "speaker", True, Action.TRIAGE,
          lambda s: s.extended and (s.state in _UNDER_WAY or s.state in _AFTER), (_REQUEST,)),
    Paper("opinion", word("处理意见书"), "speaker", False, Action.TRIAGE,
          lambda s: s.answered and s.state in _AFTER and not s.disputed,
          (_REQUEST, _GROUNDS, Ask("outcome", word("处理结果"), choices=OUTCOMES), _BASIS)),
    Paper("second_review", word("复查意见书"), "speaker", False, Action.SUPERVISE,
          lambda s: 2 in s.reviewed, (_REQUEST, _GROUNDS, _BASIS)),
    Paper("third_review", word("复核意见书"), "speaker", False, Action.SUPERVISE,
          lambda s: 3 in s.reviewed, (_REQUEST, _GROUNDS, _BASIS)),
    Paper("urged", word("催办通知书"), "lead", True, Action.SUPERVISE,
          lambda s: s.state in _UNDER_WAY and s.lead and s.dispatched, (_REQUEST,)),
    Paper("supervised", word("督办通知书"), "lead", False, Action.SUPERVISE,
          lambda s: s.supervised and s.state in _UNDER_WAY and s.lead, (_REQUEST,)),
    Paper("closed", word("办结报告"), "above", False, Action.TRIAGE,
          lambda s: s.state == S.CLOSED and s.answered,
          (_REQUEST, Ask("to", word("报送"), word("矿党委"), word("报给谁")))),
)


def paper(slug: str) -> Paper | None:
    """Return a kind of paper (文种), None when there is no such kind."""
    return next((p for p in PAPERS if p.slug == slug), None)


def offered(stage: Stage) -> Iterator[Paper]:
    """Yield the papers that make sense now (可印发的文书); none for what left the ordinary flow or came as history.

    >>> [p.slug for p in offered(Stage(State.HANDLING, lead=True, dispatched=True))]
    ['accepted', 'forwarded', 'assigned', 'urged']
    >>> [p.slug for p in offered(Stage(State.CLOSED, lead=True, dispatched=True, answered=True))]
    ['opinion', 'closed']
    >>> list(offered(Stage(State.HANDLING, lead=True, sealed=True)))
    []
    """
    if not (stage.sealed or stage.history):
        yield from (p for p in PAPERS if p.when(stage))
