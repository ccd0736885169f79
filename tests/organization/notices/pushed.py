"""Words and steps of the tests of push (推送测试用语)."""

from __future__ import annotations

from datetime import UTC, datetime

from sangesan.foundation import clock
from sangesan.organization.notices import outlets
from sangesan.organization.notices.models import Delivery
from sangesan.organization.notices.services import notify
from tests.builders import small_mine

ADDRESS = "https://ssz.mine.example/w/"
OK = {"errcode": 0, "errmsg": "ok"}
TOKEN = OK | {"access_token": "t", "expires_in": 7200}
GIVEN = {"wecom_app": {"corp": "c", "agent": "1", "secret": "corpsecret-9f"}, "wecom_robot": {"key": "robotkey-9f"},
         "sms": {"secret": "apikey-9f"}}


def reachable_mine():
    """Build the small mine with addresses (可推送的小矿)."""
    made = small_mine()
    for code, person in made.persons.items():
        person.wecom, person.phone, person.email = f"id-{code}", "13800000000", f"{code}@mine.example"
        person.save()
    return made


def local(hour, minute=0, day=24):
    """Return a moment of November 2026 in the mine (当地时刻)."""
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.LOCAL).astimezone(UTC)


def configure(gateway, *names):
    """Turn channels on towards the gateway (启用渠道)."""
    outlets.keep(address=ADDRESS, channels={name: GIVEN[name] | {"base": gateway.base} for name in names})


def tell(mine, code="chief", kind="matter.dispatched", subject="matters/2026-AAAAAA"):
    """Give somebody a notice (一条消息)."""
    notify(persons=[mine.persons[code].pk], subject=subject, kind=kind)


def texts(gateway):
    """Return what was said to the gateway (对外的话)."""
    return [said["body"]["text"]["content"] for said in gateway.asked if "text" in said["body"]]


def states():
    """Return how the messages stand (推送状态)."""
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))
