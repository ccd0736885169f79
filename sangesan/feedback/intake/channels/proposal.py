"""Proposals to the workers' congress (职代会提案): a proposer by name, seconded, for a session."""

from django.utils.translation import gettext_lazy as _

from sangesan.method.channels import SECONDERS, proposal_refused

from .shelf import Extra, Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="proposal", hands=hands(Hand.OFFICE), form=Form.ENTRY, icon="bulb", modes=("named", "confidential"),
    extras=(
        Extra("session", required=True, most=40, help=_("如：十一届三次")),
        Extra("seconders", int, required=True, least=0, most=10_000, help=_("不算提案人，至少 %d 人") % SECONDERS),
    ),
    refused=lambda said: proposal_refused(named=said["named"], seconders=said["seconders"] or 0),
    at="seconders",
    rule=_("职工代表大会提案办理办法：提案人具名，两人以上附议"),
)
