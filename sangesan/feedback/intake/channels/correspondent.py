"""Correspondents' reports (信息员上报): by somebody signed in, matter and facts, no names of others."""

from django.utils.translation import gettext_lazy as _

from .shelf import Extra, Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="correspondent", hands=hands(Hand.REPORTER), form=Form.REPORT, icon="phone",
    extras=(Extra("written", most=60),),
    modes=("confidential", "named"), rule=_("本矿信息员制度：不设数量指标，没有事不用报"),
)
