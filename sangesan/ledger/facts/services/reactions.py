"""Where reactions stand (反应进度): each is offered every fact at most once."""

from __future__ import annotations

from django.db import transaction

from sangesan.foundation import clock

from ..models import ReactionCursor, ReactionFailure


@transaction.atomic
def advance(name: str, fact_id: int) -> bool:
    """Claim a fact for a reaction (认领); False when it was offered already.

    Call it in the transaction of the reaction itself: both are stored, or neither.
    """
    ReactionCursor.objects.get_or_create(name=name)
    return bool(ReactionCursor.objects.filter(name=name, upto__lt=fact_id).update(upto=fact_id))


@transaction.atomic
def set_aside(name: str, fact_id: int, fault: BaseException) -> None:
    """Set a fact aside that a reaction could not take (搁置), and go on with the next."""
    if advance(name, fact_id):
        ReactionFailure.objects.create(name=name, fact_id=fact_id, error=_place(fault), at=clock.now())


def _place(fault: BaseException) -> str:
    """Return the kind of an error and its place in the code (出错位置), without its words."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" {trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
    return (type(fault).__name__ + where)[:120]
