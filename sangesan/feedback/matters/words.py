"""Words of matters (事项用语): the slugs of contracts.md and what pages call them."""

from django.utils.translation import gettext_lazy as _

CHANNELS = {
    "leaders": _("矿长书记信箱"), "discipline": _("纪检监察信箱"), "union": _("工会民主管理信箱"),
    "reception_day": _("信访接待日"), "letter": _("来信"), "visit": _("来访"), "phone": _("来电"),
    "correspondent": _("信息员"), "box": _("意见箱"), "proposal": _("职代会提案"), "upper": _("上级转办"),
}
MODES = {"anonymous": _("匿名"), "confidential": _("不公开姓名"), "named": _("公开姓名")}
KINDS = {
    "suggestion": _("意见建议"), "appeal": _("申诉求决"), "request": _("求助"), "accusation": _("检举控告"),
    "inquiry": _("咨询"), "thanks": _("感谢"),
}
CATEGORIES = {
    "safety": _("安全生产"), "pay": _("劳动报酬"), "hours": _("工时休假"), "health": _("劳动保护与职业健康"),
    "welfare": _("社会保险与福利"), "employment": _("劳动用工与合同"), "training": _("教育培训与晋升"),
    "logistics": _("后勤"), "management": _("经营管理"), "openness": _("厂务队务公开"),
    "conduct": _("干部作风"), "party": _("党群工作"), "reform": _("改革分流转岗"),
    "hardship": _("家属与生活困难"), "order": _("邻里治安"), "tool": _("本系统的使用"), "other": _("其他"),
}
TOOL = "tool"
"""What is said about this system itself (对本系统的意见): answered like all else, and then in public as well."""
RATINGS = {"satisfied": _("满意"), "basic": _("基本满意"), "dissatisfied": _("不满意"), "unrated": _("未评价")}
VOICES = {"reply": _("您"), "reviewed": _("复查复核单位")}
"""Who says a word as its speaker reads it (往来中谁说的); all else is of the unit that handles, or of a carer."""
NOTICE = _("告知")
"""What is told by the way of a matter, by the office or by rule (过程告知): it is not of the unit complained of."""
HANDS, CARES = _("承办单位"), _("关怀员")
SOLVED = {"yes": _("解决了"), "no": _("没有解决"), "": _("未说明")}
GROUPS = {"worker": _("职工"), "family": _("家属"), "retiree": _("离退休"), "contractor": _("外委队伍")}
"""What a speaker may say of themselves for analysis by group (身份类别), and never more than that."""
EXTRAS = {
    "group": _("反映人身份"), "dated": _("落款日期"), "heads": _("来访人数"), "representatives": _("代表人数"),
    "session": _("届次"), "seconders": _("附议人数"), "sender": _("来文单位"), "document": _("文号"),
    "deadline": _("要求办结"), "received_by": _("签收人"), "window": _("代录窗口"), "written": _("何时写下"),
    "door": _("投递处"), "promised": _("接待承诺"),
}
"""What only some channels ask for (专有登记项), kept with the submission."""
REGISTER, ENTERED = _("登记号"), _("录入日期")
WINDOWS = {
    "union": _("工会窗口"), "canteen": _("食堂窗口"), "office": _("信访办窗口"), "crew": _("班组现场"),
    "other": _("其他地方"),
}
"""Where somebody was asked first (首问地点)."""
RESPONSIBLE = _("责任人：")
"""What stands before whoever is to carry out a measure (责任人), in the text of a plan."""
ANONYMOUS = "anonymous"
ACCUSATION = "accusation"
CONDUCT = "conduct"
"""A category that is about somebody who leads (干部作风), whether or not anybody is named."""
CARE = "care"
"""Words of despair (关怀): a kind nobody chooses, read by the carer and the doctor alone."""
LEFT = (ACCUSATION, CARE)
"""What has left the ordinary flow (离开普通流程): no list, search, model or statistic holds it."""
