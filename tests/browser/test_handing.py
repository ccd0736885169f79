"""An unlocked browser of an inspector hands letters on by itself (自动补发), but for whom they may mean."""

from __future__ import annotations

import pytest

from sangesan.feedback.sealed import services
from sangesan.feedback.sealed.models import SealedMatter, Wrap
from sangesan.ledger.facts.queries import entries
from sangesan.upkeep.demo.holders import open_box
from tests.browser.looking import faults
from tests.browser.test_discipline import Wire
from tests.feedback.sealed.test_handing import newcomer
from tests.feedback.sealed.test_letters import wrote
from tests.sealing import PHRASE, founded, with_inspectors

pytestmark = pytest.mark.engine("sqlite")  # what the server does is proved in its room, on each engine


def test_what_a_colleague_lacks_is_handed_on_when_the_box_is_unlocked(walked_mine, enter, page):
    box, wire = founded(with_inspectors(walked_mine), codes=("inspector",)), Wire(page)
    plain, meant, later = wrote("材料员收了钱"), wrote("新来的卫书记也有一份"), wrote("材料员又收了钱")
    services.add(code=later.receipt, text="听说卫新知情")  # nobody of that name is at the mine yet
    keys = {one.number: open_box(box.scope("inspector"), box.holders["inspector"], box.paper, one.number)
            for one in (plain, meant, later)}
    closed = wrote("还没有开箱的信")
    key = newcomer(box, later=False)
    enter(page, box.mine.persons["inspector"])
    page.goto("/w/discipline/")
    page.fill("#phrase", PHRASE["inspector"])
    page.get_by_role("button", name="解锁").click()
    page.get_by_text("旧件已自动补发给在任的监察员，份数：2").wait_for()
    assert page.get_by_text("没有自动补发").is_visible() and page.get_by_text("份数：2").count() == 1
    seen = faults(page, "handed")
    assert set(Wrap.objects.filter(key=key).values_list("matter__number", flat=True)) == {plain.number, closed.number}
    third = box.mine.persons["third"]
    assert box.holders["third"].open(SealedMatter.objects.get(number=plain.number), third.pk) == keys[plain.number]
    assert open_box(box.scope("third"), box.holders["third"], box.paper, closed.number)
    assert len(list(entries(kinds=["sealed.handed_on"]))) == 2
    assert not wire.holds(PHRASE["inspector"])
    page.goto("/w/discipline/keys/")
    assert page.locator("#hand-on [data-letter]").count() == 2
    assert not seen, "\n".join(seen)
