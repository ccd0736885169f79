"""The discipline mailbox (纪检监察信箱): accusations, sealed; its pages and tables are in `feedback.sealed`.

Nothing of it passes through intake: no form here, no register, no interface.
"""

from .shelf import Form, Shelf, hands

SHELF = Shelf(
    slug="discipline", hands=hands(), form=Form.NONE, icon="shield", modes=(),
    rule="纪检监察机关处理检举控告工作规则：实名检举十五个工作日内告知受理情况",
)
