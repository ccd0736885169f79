"""Letters (来信): entered with the day received; scanned; a letter is never dated after its receipt."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from sangesan.method.channels import letter_refused

from .shelf import Extra, Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="letter", hands=hands(Hand.OFFICE), form=Form.ENTRY, icon="letter",
    extras=(Extra("dated", date, help=_("信上写的日期，没写可不填")),),
    refused=lambda said: letter_refused(dated=said["dated"], received=said["day"]),
    at="dated",
    rule=_("信访工作条例第二十三条：登记，十五日内告知；姓名地址不清的除外"),
)
