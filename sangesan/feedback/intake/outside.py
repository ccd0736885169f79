"""Outside roads (单位以外的渠道): whom anybody may call without asking the enterprise first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROADS = (
    ("12333", _("人力资源和社会保障、劳动保障监察"),
     _("拖欠工资、社会保险、劳动合同；欠薪还可在“全国根治欠薪线索反映平台”反映")),
    ("12348", _("公共法律服务"), _("法律咨询、法律援助；讨薪和工伤申请法律援助不看收入")),
    ("12351", _("工会职工维权"), _("劳动争议、职工权益")),
    ("12350", _("安全生产举报投诉"), _("重大隐患、违法违规生产；举报人信息保密")),
    ("12345", _("政务服务便民热线"), _("其他政府部门的事，由它转办")),
    ("12388", _("纪检监察举报"), _("检举控告党员干部违纪违法")),
    ("12356", _("心理援助"), _("心里过不去的时候，昼夜有人接")),
)
"""National numbers (全国统一号码), name and what for."""
