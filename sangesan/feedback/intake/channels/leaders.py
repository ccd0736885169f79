"""The leaders' mailbox (矿长书记信箱): a public page, no login, anonymous or named."""

from django.utils.translation import gettext_lazy as _

from .shelf import Extra, Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="leaders", hands=hands(Hand.SPEAKER), form=Form.MAILBOX, page="/mailbox/leaders/", icon="mailbox",
    about=_("写一封信，约一分钟"), machines=True, extras=(Extra("door", most=20),),
    rule=_("信访工作条例第二十三条：登记，十五日内告知是否受理"),
)
