"""What for words are (目的) is chosen by whoever enters them for others, at every desk alike, and never preset."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.sealed.models import SealedMatter
from tests.doors import DOORS, World

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
DESKS = ("behalf", "letter", "phone", "visit", "proposal", "upper", "box", "reception_day")
ACCUSED = "举报综采一队队长虚报出勤吃空饷"


@pytest.fixture
def world(noon, tmp_path):
    return World(tmp_path)


@pytest.mark.parametrize("door", DESKS)
def test_an_accusation_is_never_taken_for_a_call_for_help_because_nobody_chose(world, door):
    assert world.discipline
    answer = DOORS[door](world, text=ACCUSED, kind="")
    page = answer.content.decode()
    assert answer.status_code == 422 and "请选择一项" in page and escape(ACCUSED) in page
    assert '<option value="" selected>请选择</option>' in page, "nothing is preset"
    assert "检举控告直接进纪检监察信箱" in page
    assert not Submission.objects.exists() and not SealedMatter.objects.exists()
    assert DOORS[door](world, text=ACCUSED, kind="accusation").status_code == 200
    assert SealedMatter.objects.count() == 1 and not Submission.objects.exists()
