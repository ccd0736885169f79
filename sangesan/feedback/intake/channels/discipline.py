"""The discipline mailbox (纪检监察信箱): accusations, sealed; its tables are in `feedback.sealed`.

Nothing of it passes through intake's services: no register, no interface.
"""

from django.utils.translation import gettext_lazy as _

from .shelf import Form, Shelf, hands

SHELF = Shelf(
    slug="discipline", hands=hands(), form=Form.NONE, icon="lock", modes=(), page="/discipline/",
    about=_("检举控告，密封，只有纪检监察员能打开"),
    rule=_("纪检监察机关处理检举控告工作规则：实名检举十五个工作日内告知受理情况"),
)
