"""Events of the audit log (审计事件), in the words of the page. An event noted in the code stands here."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "identity.opened": _("查看身份"),
    "matters.cleared": _("清除到期事项内容"),
    "matter.accused": _("事项转纪检"),
    "matter.unmarked": _("撤销标明涉及对象"),
    "discipline.settled": _("设定上级机关"),
    "discipline.founded": _("启用纪检监察信箱"),
    "discipline.key_asked": _("申请信箱钥匙"),
    "discipline.key_approved": _("同意信箱钥匙"),
    "discipline.key_added": _("信箱钥匙启用"),
    "discipline.key_removed": _("信箱钥匙停用"),
    "discipline.key_refused": _("无权增加信箱钥匙"),
    "discipline.paper_lost": _("登记纸钥匙遗失"),
    "discipline.paper_found": _("登记纸钥匙找回"),
    "discipline.opened": _("纪检件开箱"),
    "discipline.read": _("查看纪检件"),
    "discipline.answered": _("回复纪检件"),
    "discipline.handed_on": _("补发纪检件"),
    "export.made": _("导出"),
    "document.taken": _("取走文书"),
    "copies.ordered": _("成套印制"),
    "field.on": _("启用考核领域"),
    "field.off": _("停用考核领域"),
    "template.uploaded": _("上传公文模板"),
    "template.in_force": _("启用公文模板"),
    "template.retired": _("停用公文模板"),
    "care.sent": _("事项转关怀"),
    "care.read": _("查看关怀件"),
    "calls.printed": _("打印值班电话单"),
    "calls.read": _("查看值班电话单"),
    "person.placed": _("人员调动"),
    "person.addresses": _("修改提醒地址"),
    "push.configured": _("修改推送设置"),
    "push.off": _("停用推送渠道"),
    "push.tested": _("发送测试"),
    "rights.changed": _("权限变动"),
    "account.invited": _("发出邀请"),
    "invitation.used": _("启用账号"),
    "password.changed": _("修改密码"),
    "password.reset": _("重置密码"),
    "account.locked": _("账号锁定"),
    "account.deactivated": _("停用账号"),
    "factor.added": _("增加第二验证"),
    "factor.removed": _("去掉第二验证"),
    "factor.codes": _("打印备用码"),
    "factor.code_used": _("使用备用码"),
    "factor.reset_asked": _("申请重置第二验证"),
    "factor.reset": _("重置第二验证"),
    "device.new": _("新设备登录"),
    "device.trusted": _("信任设备"),
    "device.revoked": _("取消信任设备"),
    "sessions.ended": _("退出全部登录"),
    "token.made": _("签发接口令牌"),
    "token.revoked": _("撤销接口令牌"),
    "feed.made": _("启用日程订阅地址"),
    "feed.revoked": _("停用日程订阅地址"),
}

OF_LETTERS = ("matter.accused", "discipline.opened", "discipline.read", "discipline.answered", "discipline.handed_on")
"""Events that each tell of an accusation (只有监察员可见的事件): that there is one is for inspectors alone to know."""

NOUNS = {
    "accounts": _("账号"), "people": _("人员"), "matters": _("事项"), "discipline": _("纪检件"),
    "books": _("三册"), "pay": _("奖惩兑现"), "meetings": _("会议"), "analyses": _("月分析"),
    "discussions": _("季度座谈"), "openness": _("队务公开"),
    "calls": _("值班电话单"), "documents": _("文书"), "push": _("推送"), "units": _("单位"),
    "copies": _("印制单"), "forms": _("上级报表"), "fields": _("考核领域"),
}
"""What an entry is about (对象), where nothing better is known than its noun and key."""
KEYLESS = {"matters": _("事项列表"), "discipline/keys": _("信箱钥匙")}
DETAILS = {
    "before": _("原单位"), "unit": _("新单位"),
    "reason": _("理由"), "rows": _("行数"), "factor": _("方式"), "actions": _("权限"), "count": _("数量"),
    "paper": _("文种"), "version": _("版本"), "form": _("格式"), "place": _("序号"), "template": _("模板"),
    "typed_wrong": _("标错了单位或人"), "not_about": _("查明不是反映他们的"),
    "totp": _("动态口令"), "passkey": _("通行密钥"),
}


LONG = ((10, _("不到十行")), (100, _("几十行")), (1_000, _("几百行")))
LONGER = _("上千行")
"""How long a list of matters was (清单长短), for the auditor."""
OF_UNITS = ("before", "unit")
"""Details that hold the code of a unit (单位编码)."""


def said(detail: dict[str, int | str], names: dict[str, str] | None = None) -> str:
    """Return an entry's details in words (说明): known keys and values in Chinese, units by name.

    They stand in the order of `DETAILS`: a database may keep the keys of an object in an order of its own.
    """
    known = {str(slug): str(word) for slug, word in DETAILS.items()}
    place = {key: n for n, key in enumerate(DETAILS)}
    units = names or {}
    return " · ".join(
        f"{known.get(key, key)} {units.get(str(value), value) if key in OF_UNITS else known.get(str(value), value)}"
        for key, value in sorted(detail.items(), key=lambda item: (place.get(item[0], len(place)), item[0])))


def roughly(subject: str, detail: dict[str, int | str]) -> dict[str, int | str]:
    """Return an entry's details as the auditor reads them (审计所见): of a list of matters only how long about.

    Of two who took out the same list, one row less would tell that there is a matter about one of them; and
    the rows of an inspector's list, how many accusations there are.
    """
    if subject != "matters" or not isinstance(detail.get("rows"), int):
        return detail
    rows = int(detail["rows"])
    return detail | {"rows": str(next((word for most, word in LONG if rows < most), LONGER))}


def about(subject: str) -> str:
    """Return a subject in words (对象名称): noun and key."""
    noun, _slash, key = subject.partition("/")
    return str(KEYLESS.get(subject) or f"{NOUNS.get(noun, noun)} {key}".strip())


def word(event: str) -> str:
    """Return an event in words (事件名称)."""
    return str(EVENTS.get(event, event))
