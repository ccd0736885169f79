"""The union's mailbox for democratic management (工会民主管理信箱): read first by the union line."""

from django.utils.translation import gettext_lazy as _

from .shelf import Form, Hand, Shelf, hands

SHELF = Shelf(
    slug="union", hands=hands(Hand.SPEAKER, Hand.OFFICE, Hand.ASKED), form=Form.MAILBOX, page="/mailbox/union/",
    icon="users", about=_("由工会先看、先分办"), machines=True, first="union",
    rule=_("企业民主管理规定：职工意见由工会收集、督促办理并反馈；时限同信访工作条例第二十三条"),
)
