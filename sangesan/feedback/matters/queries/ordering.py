"""In which order words and steps of a matter stand (往来与过程的先后).

Of what a speaker did only the day is kept.
What it followed is known without its moment: a rating the answer it rates, an opening anew the rating that asked for
it, a request for review what it disputes, a later word of whoever gave a name whether the answer was there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sangesan.foundation import clock

from ..models import Matter, Message, Rating, Review, Submission
from ..words import ANONYMOUS

TO_SPEAKER = ("first_answer", "answer", "told", "extended", "question", "reviewed")
FROM_SPEAKER = ("reply",)
ANSWER = "answer"
ENDING = ("matter.answered", "matter.called_back", "matter.closed")
"""What is done in a round once it is answered (答复之后的步骤): an opening anew stands behind all of it."""
AHEAD, AT, REPLIED, RATED, REOPENED, DISPUTED, ANEW = range(-1, 6)
"""What stands in one place (同处先后): ahead of what has its moment there (`AT`), or behind that."""

Within = tuple[date, int, float]
Place = tuple[Within, int]
Deeds = dict[tuple[str, date, object], list[Place]]


def turn_of(matter: Matter, said: Submission) -> int | None:
    """Return the turn of a word said now (轮次): twice the round, and one more where that round is answered already.

    None of the anonymous: nothing is kept of them that tells an order.
    """
    return None if said.mode == ANONYMOUS else 2 * matter.reopened + (matter.answered_at is not None)


def within(day: date, at: datetime | None, *, first: bool = False) -> Within:
    """Return where something stands within its day (日内先后): of what is known by day only, what begins it first.

    The rest of that stands last: a speaker rates and adds to what was said to them that day.
    """
    return day, 1 if at else 0 if first else 2, at.timestamp() if at else 0


def answers_of(words: Iterable[Message]) -> dict[int, list[datetime]]:
    """Return when each round of each matter was answered (各轮答复): a matter opened again is answered once more."""
    found = defaultdict(list)
    for one in words:
        if one.kind == ANSWER and one.at:
            found[one.matter_id].append(one.at)
    return defaultdict(list, {matter: sorted(moments) for matter, moments in found.items()})


def in_order(rows: Iterable[Message], matter: Matter) -> list[Message]:
    """Return words in their order (先后): of those known by day only, what the speaker said before what followed it."""
    rows = list(rows)
    places = words_placed(rows, matter.reviewed.all() if matter.reviews else ())
    return sorted(rows, key=lambda one: (places[one.pk], one.kind in TO_SPEAKER, one.pk))


def words_placed(words: Sequence[Message], reviews: Iterable[Review]) -> dict[int, Place]:
    """Return where each word stands (各句先后), by its key: that of a request for review where the request does."""
    answers = answers_of(words)
    asked = {(one.matter_id, one.asked_on, one.text): place for one, place in placed(reviews, words)}
    return {one.pk: by_turn(one, answers) or one.kind in FROM_SPEAKER and asked.get((one.matter_id, one.day, one.text))
            or (within(one.day, one.at), AT) for one in words}


def by_turn(one: Message, answers: Mapping[int, Sequence[datetime]]) -> Place | None:
    """Return where a word stands by its turn (按轮次): ahead of the answer of its round or behind it; None without."""
    if one.turn is None:
        return None
    given, then = _round(answers[one.matter_id], one.turn // 2)
    if one.turn % 2:
        return _behind(one.day, [given], then), REPLIED
    if given and _day(given) == one.day:
        return within(one.day, given), AHEAD
    return within(one.day, None), ANEW


def deeds_placed(ratings: Iterable[Rating], reviews: Iterable[Review], words: Sequence[Message],
                 ends: Iterable[datetime]) -> Deeds:
    """Return where steps known by day alone stand (只记到日的步骤), by kind, day, and rating or round of review.

    Alike ones stand in the order of their rounds: their facts don't say of which they are.
    """
    found: Deeds = defaultdict(list)
    for one, at in ratings_placed(ratings, words, ends):
        found["matter.rated", one.day, one.rating].append((at, RATED))
        if one.reopens:
            found["matter.reopened", one.day, None].append((at, REOPENED))
    for asked, place in placed(reviews, words):
        found["matter.review_asked", asked.asked_on, asked.round].append(place)
    return found


def ratings_placed(ratings: Iterable[Rating], words: Iterable[Message],
                   ends: Iterable[datetime]) -> list[tuple[Rating, Within]]:
    """Return where each rating stands (评价的先后): behind the answer it rates, in the order of the rounds.

    One that opens the matter again ended its round: it stands behind the last of `ends` there.
    """
    answers, ends, found = answers_of(words), list(ends), []
    for one in sorted(ratings, key=lambda row: (row.round, row.pk)):
        given, then = _round(answers[one.matter_id], one.round)
        later = [at for at in ends if one.reopens and given and given <= at and (then is None or at < then)]
        found.append((one, _behind(one.day, [given, *later], then)))
    return found


def placed(reviews: Iterable[Review], words: Sequence[Message]) -> list[tuple[Review, Place]]:
    """Return where the request of each review stands (复查申请的先后): behind what it disputes.

    Elsewhere it begins its day: it would stand behind the passing on and the decision that answered it.
    """
    found = []
    for one in reviews:
        about = "reviewed" if one.round == 3 else ANSWER
        before = [m.at for m in words if m.at and m.kind == about and (m.matter_id, m.day) == (
            one.matter_id, one.asked_on) and (one.decided_at is None or m.at < one.decided_at
                                              or m.at == one.decided_at and about == ANSWER)]
        found.append((one, (within(one.asked_on, max(before, default=None), first=True), DISPUTED)))
    return found


def _round(answers: Sequence[datetime], number: int) -> tuple[datetime | None, datetime | None]:
    """Return when a round was answered, and the one after it (本轮与下一轮的答复)."""
    given, then, *_later = [*answers[number:number + 2], None, None]
    return given, then


def _behind(day: date, moments: Iterable[datetime | None], then: datetime | None) -> Within:
    """Return where what is known by day stands behind the last of some moments (其后), and before what followed."""
    at = max((at for at in moments if at and _day(at) == day), default=None)
    return within(day, at, first=then is not None and _day(then) == day)


def _day(at: datetime) -> date:
    return clock.local(at).date()
