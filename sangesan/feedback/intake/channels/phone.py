"""Calls (来电): written down by whoever takes the call, and read back to the caller."""

from django.utils.translation import gettext_lazy as _

from .shelf import Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="phone", hands=hands(Hand.OFFICE, Hand.ASKED), form=Form.ENTRY, icon="call",
    rule=_("信访工作条例第二十三条：登记，能当场答复的当场答复，否则十五日内告知"),
)
