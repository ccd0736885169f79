"""Posters (海报): a mailbox's address for a place where many pass, never one for accusations.

The code holds the address and nothing of the place, so that nobody can tell from which wall
somebody came.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.foundation import qr
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.print.engine import pdf
from sangesan.foundation.print.text import Raw
from sangesan.method.authority import Action, Scope
from sangesan.method.channels import PASSERS

from ..channels import SHELVES
from . import checks

PAPERS = {"a4": "A4", "a5": "A5"}


def poster(*, scope: Scope, channel: str, place: str, passers: int, paper: str, address: str) -> bytes:
    """Return a poster (海报) as PDF for a channel's public page. `address` is the house's own, without the path.

    Raises UserError where fewer than fifty pass: the few would be known by their phones.
    """
    if not scope.can(Action.REGISTER):
        raise Forbidden(_("没有生成海报"), why=_("您的岗位不登记来信来访"))
    shelf = SHELVES.get(channel)
    if shelf is None or not shelf.page or channel == "discipline":
        raise UserError(_("没有生成海报"), why=_("这个渠道不贴二维码"), next=_("请改选其他渠道"), code="channel")
    if checks.small(passers, 100_000, _("经过人数")) <= PASSERS:
        raise UserError(_("没有生成海报"), why=_("每天经过不到 %d 人的地方，扫码的人容易被认出来") % (PASSERS + 1),
                        next=_("请贴到井口、更衣室、澡堂、食堂这样人多的地方"), code="passers")
    place = words(place, what=_("张贴处"), longest=30)
    url = address.rstrip("/") + shelf.page
    return pdf("poster", {
        "paper": checks.one_of(paper, PAPERS, _("纸张")), "title": str(shelf.name),
        "kicker": _("井下险情先打调度电话，有权停止作业撤人"),
        "lines": [_("不用登录，可以匿名"), _("约好给您回执，凭它来谈、查结果") if channel == "reception_day" else
                  _("写完给您回执，随时查办到哪一步")],
        "qr": Raw(qr.picture(url)),
        "code": Raw(url),
        "footer": [_("本系统不记录您的地址和设备；单位网络、扫码软件可能另有记录。"), _("张贴处：%s") % place],
    })
