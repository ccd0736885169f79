"""Transports (推送渠道): the one package that may speak outward (adr/0032), one module for each road.

All are off until the system administrator configures them; `outcome.Transport` says what each has.
"""

from . import dingtalk_app, dingtalk_robot, email, sms, wecom_app, wecom_robot
from .outcome import DELIVERED, LATER, REFUSED, Field, Outcome, Transport

SHELF: dict[str, Transport] = {
    each.NAME: each for each in (wecom_app, dingtalk_app, email, sms, wecom_robot, dingtalk_robot)}
"""In the order of the pages; the first that is on and fits is taken where somebody chose nothing."""
ROBOTS = tuple(name for name, each in SHELF.items() if not each.ADDRESS)

__all__ = ["DELIVERED", "LATER", "REFUSED", "ROBOTS", "SHELF", "Field", "Outcome", "Transport"]
