"""What a phone on a table shows (推送): a danger by night and a letter by day, and not one word of either."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from sangesan.feedback.matters import services
from sangesan.foundation import clock
from sangesan.organization.notices import outlets
from sangesan.organization.notices.services import delivering
from sangesan.organization.notices.transports import tokens
from sangesan.procedures import rounds
from tests.builders import heard, small_mine
from tests.organization.notices.gateways import Gateway, standing

NIGHT = datetime(2026, 11, 24, 18, 10, tzinfo=UTC)  # 02:10 in the mine
OK = {"errcode": 0, "errmsg": "ok"}


@pytest.mark.chapter("N7", "V8")
@pytest.mark.django_db
def test_a_danger_by_night_and_a_letter_by_day_are_told_without_a_word_of_them():
    tokens._kept.clear()
    mine = small_mine()
    for code, person in mine.persons.items():
        person.wecom = f"id-{code}"
        person.save()
    with standing(Gateway()) as phones:
        outlets.keep(address="https://ssz.mine.example/w/", channels={
            "wecom_app": {"base": phones.base, "corp": "c", "agent": "1", "secret": "s"},
            "wecom_robot": {"base": phones.base, "key": "k"}})
        try:
            told = _night_and_day(mine, phones)
        finally:
            (Path(settings.DATA) / "secrets" / outlets.FILE).unlink()
    words = json.dumps(told, ensure_ascii=False)
    for secret in ("锚杆", "馒头", "3208", "马六", "ZC1", "综采", "2026-", *(p.name for p in mine.persons.values())):
        assert secret not in words, secret
    called = [said for said in told if "text" in said and "A级" in said["text"]["content"]]
    assert len(called) == 1 and "02:10" in called[0]["text"]["content"]
    urgent = {one for said in told if said.get("text", {}).get("content", "").startswith("紧急")
              for one in said["touser"].split("|")}
    assert {"id-duty", "id-triage", "id-leader"} <= urgent
    batches = [said for said in told if said.get("text", {}).get("content", "").startswith("您有新的")]
    assert batches and all("08:20" in said["text"]["content"] for said in batches)


def _night_and_day(mine, phones) -> list[dict]:
    phones.says(OK | {"access_token": "t", "expires_in": 7200}, OK)
    with clock.at(NIGHT):
        danger = heard("3208面机尾掉渣，锚杆断两根，还在割煤", unit="ZC1", danger=True, mode="anonymous").number
        services.confirm(scope=mine.scope("duty"), number=danger)
        services.dispatch(scope=mine.scope("triage"), number=danger, lead=mine.units["ZC1"].pk)
        heard("夜班食堂只有凉馒头")
        rounds.run()
        delivering.run()
    for minutes in (40, 370):  # it escalates; at 08:20 the batch of the morning goes out
        with clock.at(NIGHT + timedelta(minutes=minutes)):
            rounds.run()
            delivering.run()
    return [said["body"] for said in phones.asked]
