"""What posts allow, in words (权限用语)."""

from django.utils.translation import gettext_lazy as _

from sangesan.method.authority import Action

ALLOWS = {
    Action.SEE: _("查看管辖范围内的事项"),
    Action.INSPECT: _("查看和办理检举控告"),
    Action.HEAR_UNION: _("先看、先分办工会信箱的来件"),
    Action.REPORT: _("上报事项"),
    Action.REGISTER: _("登记来信来访"),
    Action.TRIAGE: _("分办来件：定级、派单、并案、裁定退回"),
    Action.HANDLE: _("签收和办理事项"),
    Action.APPROVE: _("审核答复、批准延期"),
    Action.CALL_BACK: _("回访"),
    Action.CLOSE: _("办结 B 级和 C 级事项"),
    Action.CLOSE_A: _("办结 A 级事项"),
    Action.SUPERVISE: _("督办"),
    Action.CONFIRM_A: _("确认或降低临时 A 级"),
    Action.OPEN_IDENTITY: _("说明理由后查看保密的身份（每次留痕）"),
    Action.SEE_RESULT: _("查看考核结果"),
    Action.PUBLISH: _("公布考核结果"),
    Action.OVERVIEW: _("查看今日情况"),
    Action.EDIT_ORGANIZATION: _("维护单位、人员和岗位"),
    Action.INVITE: _("邀请、重设和停用账号"),
    Action.AUDIT: _("查看审计日志"),
    Action.HEALTH: _("查看运行状况"),
}


def allows(actions) -> list[str]:
    """Return the actions in words, in the order of the table (权限说明)."""
    actions = set(actions)
    return [str(word) for action, word in ALLOWS.items() if action in actions]
