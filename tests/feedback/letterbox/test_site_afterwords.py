"""The tick by which later words are about whoever has the matter in hand, on the page of the running letterbox."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.upkeep import letterbox_taking
from tests.feedback.letterbox import test_site as outside

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chapter("V4")]
running, site = outside.running, outside.site
TICKED = re.compile(r'name="about_handlers"[^>]*checked')


def carry(site) -> None:
    """Fetch the letters, and bring the answers (取信、送答复)."""
    outside.take(site.address)
    CliRunner().invoke(letterbox_taking.letterbox_answers, [site.address])


def test_the_page_asks_for_it_once_somebody_has_the_matter_in_hand(site):
    receipt, mine = outside.receipt_in(site.write(mode="named", name="马六")), site.mine
    carry(site)
    assert "about_handlers" not in outside.ask(site, receipt)
    services.judge(scope=mine.scope("triage"), number=Matter.objects.get().number, urgency=2, importance=2,
                   lead=mine.units["HQ"].pk)
    carry(site)
    page = outside.ask(site, receipt)
    steps = page.partition('action="/answer/step/"')[2].partition("</form>")[0]
    said = dict(re.findall(r'name="(key|code|step|turn)" value="([^"]+)"', steps)) | {"about_handlers": "on"}
    assert "about_handlers" in steps and "办这件事的单位和经办人看得到" in steps and not TICKED.search(page)
    status, refused = outside.post(site, "/answer/step/", said | {"text": ""})
    assert status == 422 and TICKED.search(refused)
    assert outside.post(site, "/answer/step/", said | {"text": "写答复的人拿了两条烟"})[0] == 200
    carry(site)
    assert Matter.objects.get().state == "returned"
    assert not queries.visible(mine.scope("logistics")).exists()
    assert "事项已经收回" in outside.ask(site, receipt) and "about_handlers" not in outside.ask(site, receipt)
