"""Words of contact points (联系点用语)."""

from django.utils.translation import gettext_lazy as _

from sangesan.method.contacts import Step

STEPS = {Step.CONTACT: _("联系"), Step.REGISTER: _("登记"), Step.REPORT: _("上报"), Step.SETTLE: _("落实"),
         Step.FEED_BACK: _("反馈")}
FORMS = {"talk": _("座谈"), "pre_shift": _("班前会"), "site": _("现场"), "dormitory": _("宿舍食堂")}
REFUSED = {
    "future": (_("联系日期在今天之后"), _("去过以后再登记；要改联系日，请在联系安排里改")),
    "old": (_("联系日期是一个多月以前的"), _("补登不超过 31 天，请核对日期")),
    "last_year": (_("联系日期在去年"), _("去年的联系已经结账，请核对年份")),
}
ROADS = {"matter": _("转为事项"), "duty": _("交单位去办"), "spot": _("当场解决")}
OUTCOMES = {"none": _("没有发现问题"), **ROADS, "later": _("先登记，再上报")}
