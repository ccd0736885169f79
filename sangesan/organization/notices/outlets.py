"""What the administrator configured for push (推送设置): one file among the secrets, in no database and no backup."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.conf import settings

from sangesan.foundation import secrets

from .transports import SHELF

FILE = "push.json"


@dataclass(frozen=True)
class Outlets:
    """The configured channels (已启用渠道) and the enterprise's own address; `broken` when the file can't be read."""

    address: str = ""
    channels: dict[str, dict[str, str]] = field(default_factory=dict)
    broken: bool = False

    def of(self, address: str) -> list[str]:
        """Return the channels that are on and need this kind of address (可用渠道); '' for robots."""
        return [name for name in self.channels if SHELF[name].ADDRESS == address]


def present() -> Outlets:
    """Return what is configured now (现行设置); nothing at all is on where the file is absent or damaged."""
    try:
        said = json.loads(secrets.kept(settings.DATA, FILE) or "{}")
        channels = {
            name: {each.name: str(said["channels"][name].get(each.name, each.default)) for each in shelf.FIELDS}
            for name, shelf in SHELF.items() if name in said.get("channels", {})}
        return Outlets(str(said.get("address", "")), channels)
    except (ValueError, TypeError, AttributeError, KeyError, OSError):
        return Outlets(broken=True)


def keep(*, address: str, channels: dict[str, dict[str, str]]) -> None:
    """Keep what is configured (保存设置), whole or not at all."""
    said = {"address": address, "channels": channels}
    secrets.keep(settings.DATA, FILE, json.dumps(said, ensure_ascii=False, indent=1))
