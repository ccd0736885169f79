"""Boxes (意见箱): slips found at an opening by two persons, entered by either of them."""

from django.utils.translation import gettext_lazy as _

from .shelf import Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="box", hands=hands(Hand.OFFICE), form=Form.SLIP, icon="inbox",
    rule=_("本矿意见箱制度：两人同开、当面清点、逐张登记"),
)
