"""Visits (来访): of one, or of many who send at most five to speak for them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sangesan.method.channels import REPRESENTATIVES, visit_refused

from .shelf import Extra, Form, Hand, Shelf, hands

TOGETHER = (
    Extra("heads", int, least=1, most=10_000, help=_("一共来了多少人，一个人来访不用填")),
    Extra("representatives", int, least=1, most=10_000,
          help=_("最多 %d 人，每位要回执的代表各给一张") % REPRESENTATIVES),
)
"""How many came, and how many speak for them (集体来访), at the window as on a reception day."""


def refused(said: Mapping[str, Any]) -> str | None:
    """Return why the numbers of a visit do not fit together (人数不合), None where they do."""
    return visit_refused(heads=said["heads"] or 1, representatives=said["representatives"] or 1)


SHELF = Shelf(
    slug="visit", hands=hands(Hand.OFFICE, Hand.ASKED), form=Form.ENTRY, icon="users", extras=TOGETHER,
    refused=refused, at="representatives",
    rule=_("信访工作条例第二十条：多人提出共同事项的，推选代表，不超过五人"),
)
