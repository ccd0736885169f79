"""Words of inspection and rectification (督察整改用语)."""

from django.utils.translation import gettext_lazy as _

from sangesan.execution.duties.services.moving import WHY_MOVED
from sangesan.execution.duties.words import WHY as DUTY

FORMS = {"walk": _("走动"), "check": _("督察")}
SHIFTS = {"": _("不分班次"), "检修班": _("检修班"), "四点班": _("四点班"), "零点班": _("零点班")}
STATES = {"open": (_("整改中"), "act"), "late": (_("已超期"), "bad"), "done": (_("待验收"), "warn"),
          "verified": (_("已销号"), "ok"), "waived": (_("免改"), "")}
REFUSED = {
    "doer": (_("整改是您做的"), _("由查出问题的人或指定的人验收")),
    "under": (_("整改是您的上级做的"), _("由查出问题的人或另外指定的人验收")),
    "unit": (_("您是整改单位的人"), _("由查出问题的人或另外指定的人验收")),
    "stranger": (_("验收由查出问题的人或指定的人做"), ""),
}
WHY = {slug: DUTY[slug] for slug in WHY_MOVED}
AGES = (_("7 天以内"), _("8 到 30 天"), _("30 天以上"))
