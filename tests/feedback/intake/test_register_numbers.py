"""The number of a letter in the register tells nobody of a letter that is not there for them (登记号)."""

from __future__ import annotations

import pytest

from sangesan.feedback.intake.services import register
from sangesan.feedback.matters.models import Submission
from sangesan.foundation import clock
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


def test_a_number_of_a_letter_that_is_kept_from_whoever_enters_it_is_as_good_as_unused(noon):
    """It was refused though no search found it: so there was a letter, and one about who asked."""
    mine = small_mine()
    partner = hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    came = {"scope": partner, "channel": "letter"}
    register(**came, key="p" * 32, name="马六", text="信访办李文静压着我的信不办", register="L-5")
    register(**came, key="q" * 32, text="夜班没有热水", register="L-6", mode="anonymous")

    def enter(who: str, number: str, key: str) -> int:
        return signed_in(mine.persons[who]).post("/w/register/letter/", {
            "key": key * 32, "text": "另一封信", "mode": "anonymous", "kind": "request", "register": number,
            "day": f"{clock.today()}"}).status_code

    assert enter("triage", "L-6", "r") == 409, "what only waits for its batch is his as well"
    assert enter("triage", "L-5", "s") == 200, "as any number that nobody used"
    assert enter("partner", "L-5", "t") == 409, "whoever may read the letter is told that its number was used"
    assert enter("cadre", "L-6", "u") == 200, "what nobody has judged is not there for the offices of the mine"
    assert sorted(Submission.objects.values_list("register", flat=True)) == ["L-5", "L-5", "L-6", "L-6"]
