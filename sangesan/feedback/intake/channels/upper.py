"""Matters forwarded from above (上级转办): with document number, sending body and the deadline it set."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from sangesan.method.channels import upper_refused

from .shelf import Extra, Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="upper", hands=hands(Hand.OFFICE), form=Form.ENTRY, icon="up",
    extras=(
        Extra("sender", required=True, most=60, help=_("如：集团公司信访办")),
        Extra("document", required=True, most=60, help=_("如：集信转〔2026〕12 号")),
        Extra("deadline", date, help=_("文件要求报结果的日期，没写可不填")),
        Extra("received_by", most=40, help=_("签收这份文件的人或岗位")),
    ),
    refused=lambda said: upper_refused(deadline=said["deadline"], received=said["day"]),
    at="deadline",
    rule=_("信访工作条例第二十三条：十五日内书面告知；不属本单位职权的，五个工作日内提出异议"),
)
