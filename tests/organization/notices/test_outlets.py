"""Secrets of push (推送密钥): in one file of our own, in no table and no log; a damaged file stops push."""

import json
import stat
from pathlib import Path

import pytest
from django.conf import settings

from sangesan.foundation import secrets
from sangesan.organization.notices import outlets
from sangesan.organization.notices.models import Choice, Delivery
from sangesan.organization.notices.queries import pushing
from sangesan.organization.notices.services import announce, delivering
from sangesan.organization.notices.transports import SHELF
from tests.organization.notices.pushed import OK, TOKEN, configure, reachable_mine, tell

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def mine():
    return reachable_mine()


def test_secrets_lie_in_a_file_of_our_own_and_nowhere_else(mine, gateway, noon, caplog):
    configure(gateway, "wecom_app", "wecom_robot", "sms")
    path = Path(settings.DATA) / "secrets" / outlets.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    gateway.says((500, {}, b"corpsecret-9f robotkey-9f", 0))
    tell(mine, kind="warning.a")
    delivering.run()
    rows = json.dumps(list(Delivery.objects.values()), default=str)
    assert not any(word in rows + caplog.text for word in ("corpsecret-9f", "robotkey-9f", "2026-AAAAAA", "id-chief"))


@pytest.mark.parametrize("said", ["{", "[]", '{"channels": 5}', '{"channels": {"sms": 5}}', "\x00"])
def test_a_damaged_file_stops_push_and_says_so(said):
    secrets.keep(settings.DATA, outlets.FILE, said)
    assert delivering.run() == 0
    assert pushing.health()[:2] == (False, "推送设置读不出，推送已停")


def test_a_fault_of_our_own_names_no_secret_and_stops_no_other_channel(mine, gateway, noon, caplog, monkeypatch):
    configure(gateway, "wecom_app", "sms")
    gateway.says(TOKEN, OK)
    Choice.objects.create(person=mine.persons["handler"], channel="sms")

    def broken(given, *_said):
        raise RuntimeError(given["secret"])

    monkeypatch.setattr(SHELF["sms"], "send", broken)
    tell(mine)
    tell(mine, "handler")
    announce()
    assert delivering.run() == 1
    assert "RuntimeError" in caplog.text and "apikey-9f" not in caplog.text
    assert dict(Delivery.objects.values_list("channel", "state")) == {
        "wecom_app": State.DELIVERED, "sms": State.UNSURE}
