"""Where somebody comes from (来访): an address for the throttle, a token for known devices."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

DEVICE_COOKIE = "sangesan_device"
_SYSTEMS = (("HarmonyOS", lazy("鸿蒙手机")), ("iPhone", lazy("苹果手机")), ("iPad", lazy("苹果平板")),
            ("Android", lazy("安卓手机")),
            ("Windows", lazy("Windows 电脑")), ("Mac OS", lazy("苹果电脑")), ("Linux", lazy("Linux 电脑")))
_BROWSERS = (("MicroMessenger", lazy("微信")), ("Edg", "Edge"), ("Firefox", lazy("火狐")), ("Chrome", "Chrome"),
             ("Safari", "Safari"))


@dataclass(frozen=True)
class Visit:
    """One visit (来访): `address` is only ever kept as an HMAC, `device` is the cookie's token."""

    address: str
    device: str = ""
    agent: str = ""

    @property
    def name(self) -> str:
        """Return a coarse name of the device (设备名称), for its owner's list."""
        system = next((word for mark, word in _SYSTEMS if mark in self.agent), _("设备"))
        browser = next((word for mark, word in _BROWSERS if mark in self.agent), "")
        return f"{system} · {browser}" if browser else system


def visit_of(request) -> Visit:
    """Read the visit from a request (来访); the proxy middleware has put the address right."""
    return Visit(
        address=request.META.get("REMOTE_ADDR", ""),
        device=request.COOKIES.get(DEVICE_COOKIE, "")[:64],
        agent=request.META.get("HTTP_USER_AGENT", "")[:300],
    )
