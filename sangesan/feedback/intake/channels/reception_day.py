"""Reception day (信访接待日): booked beforehand or walked in; each visitor's words become a matter."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from .shelf import Extra, Form, Hand, Shelf, hands
from .visit import TOGETHER, refused

SHELF = Shelf(
    slug="reception_day", hands=hands(Hand.OFFICE), form=Form.SLIP, page="/reception/", icon="calendar",
    about=_("约领导当面说，可不留姓名"),
    extras=(Extra("promised", date), *TOGETHER), refused=refused, at="representatives",
    rule=_("信访工作条例关于领导干部接访的规定：提前公布日期、地点和接待领导"),
)
