"""Where somebody comes from (来访): an address for the throttle, a token for known devices."""

from __future__ import annotations

from dataclasses import dataclass

DEVICE_COOKIE = "sangesan_device"
_SYSTEMS = (("HarmonyOS", "鸿蒙手机"), ("iPhone", "苹果手机"), ("iPad", "苹果平板"), ("Android", "安卓手机"),
            ("Windows", "Windows 电脑"), ("Mac OS", "苹果电脑"), ("Linux", "Linux 电脑"))
_BROWSERS = (("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "火狐"), ("Chrome", "Chrome"),
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
        system = next((word for mark, word in _SYSTEMS if mark in self.agent), "设备")
        browser = next((word for mark, word in _BROWSERS if mark in self.agent), "")
        return f"{system} · {browser}" if browser else system


def visit_of(request) -> Visit:
    """Read the visit from a request (来访); the proxy middleware has put the address right."""
    return Visit(
        address=request.META.get("REMOTE_ADDR", ""),
        device=request.COOKIES.get(DEVICE_COOKIE, "")[:64],
        agent=request.META.get("HTTP_USER_AGENT", "")[:300],
    )
