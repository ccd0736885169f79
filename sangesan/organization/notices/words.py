"""Words of notices (消息用语): one plain sentence per kind, never what a matter says."""

from django.utils.translation import gettext_lazy as _

URGENT = frozenset({"warning.a", "warning.a_waiting", "warning.a_escalated"})
"""What breaks through quiet hours and daily limits (chapter.md V.5): A warnings and nothing else (adr/0029)."""

WORDS = {
    "warning.a": _("有 A 级紧急事项，请马上处置"),
    "warning.a_waiting": _("A 级紧急事项还没有派单，请马上处置"),
    "warning.a_escalated": _("A 级紧急事项还没有人接手，请马上处置"),
    "warning.told": _("有事项已派单办理，按分级表请您知悉"),
    "care.arrived": _("有一件求助，请尽快看"),
    "care.waiting": _("有一件求助还没有联系"),
    "matter.progress": _("有事项该报进展了"),
    "matter.received": _("有新来件待分办"),
    "matter.nobody": _("有来件要分办员回避：请系统管理员另任一名分办员，不经他本人"),
    "matter.to_confirm": _("有事项待您确认等级"),
    "matter.dispatched": _("有新派单待签收"),
    "matter.returned": _("有派单被退回，待裁定"),
    "matter.ruled": _("退回已有裁定，请继续办理"),
    "matter.to_approve": _("有答复待审核"),
    "matter.sent_back": _("答复没有通过审核，请修改"),
    "matter.extension_asked": _("有延期申请待批准"),
    "matter.extended": _("延期申请已有结果"),
    "matter.answered": _("您反映或登记的事项已答复"),
    "matter.to_call_back": _("有事项待回访"),
    "matter.reopened": _("有事项评价为不满意，需要重新办理"),
    "matter.due_soon": _("有事项快到期限"),
    "matter.overdue": _("有事项已超期限"),
    "matter.case_given": _("有一件事项由您包案，请看"),
    "matter.case_due": _("您包案的一件事项已到化解时限，请结案，或记下进展"),
    "matter.supervised": _("有事项被督办"),
    "matter.pause_asked": _("有挂起申请待批准"),
    "matter.pause_decided": _("挂起申请已有结果"),
    "matter.supervision_proposed": _("有事项建议督办，请确认"),
    "matter.result_back": _("督办结果已回告"),
    "matter.review_asked": _("有事项申请复查，请审理"),
    "matter.no_reviewer": _("有复查申请无人能审理（都办理、审核过或须回避）：请转送上级单位并登记结论，或另任一位领导"),
    "matter.reviewed": _("复查已有结论"),
    "matter.urged": _("有事项被催办"),
    "matter.message": _("诉求人有新的补充"),
    "matter.closed": _("您反映或登记的事项已办结"),
    "network.passed": _("有一件事从别的联络网转给您，请看"),
    "topic.invited": _("有一个研讨课题请您谈谈看法"),
    "topic.concluded": _("您参加的研讨课题有了结论"),
    "visit.announced": _("联系点的同志定了来的日子"),
    "visit.to_confirm": _("联系点发现的问题已经落实，请确认有没有告诉你们"),
    "finding.to_verify": _("有整改完成，等您验收"),
    "finding.returned": _("有整改没有通过验收，请再改"),
    "duty.move_asked": _("有一件事申请改期，请答复"),
    "duty.move_decided": _("改期申请已有答复"),
    "finding.move_asked": _("有整改申请改期，请答复"),
    "finding.move_decided": _("改期申请已有答复"),
    "notice.handed": _("上级有一件事传达到您单位，请收下并传达"),
    "notice.waiting": _("上级传达的一件事，您单位还没有传达"),
    "sealed.received": _("纪检监察信箱有新来件"),
    "sealed.added": _("纪检监察信箱有新的补充"),
    "sealed.key_asked": _("有人申请纪检监察信箱的钥匙，请当面核对指纹"),
    "sealed.paper_lost": _("纪检监察信箱的纸质钥匙挂失，信箱暂停收信；不是您知道的，请立即查问"),
    "sealed.paper_found": _("纪检监察信箱的纸质钥匙解除挂失，恢复收信；不是您知道的，请立即查问"),
    "sealed.key_added": _("纪检监察信箱启用了一把钥匙；不是您知道的，请立即查问"),
    "sealed.key_removed": _("纪检监察信箱停用了一把钥匙"),
    "sealed.reader_leaves": _("一位有纪检监察信箱钥匙的监察员要离任；"
                             "请他走以前在“信箱钥匙”里把旧件补发给接任的人；没有补发的，他走后一直封着"),
    "sealed.key_refused": _("有人无权而试图增加纪检监察信箱的钥匙，已被拒绝"),
    "report.needs": _("有一份述职要您帮忙"),
    "report.answered": _("您的述职有了答复"),
    "remark.answered": _("您的批示有了回复"),
    "result.published": _("每日考核结果已公布"),
    "objection.filed": _("有一项考核异议等待裁定"),
    "objection.to_record": _("有一项考核异议说应计未计，请核对有没有漏记"),
    "objection.decided": _("您提出的考核异议已有裁定"),
    "account.invited": _("安全管理员为您的账号发了新的邀请单；不是您要的，请立即联系他"),
    "account.new_device": _("您的账号在一台新设备上登录；不是您本人，请改密码并移除该设备"),
    "account.factor_reset_asked": _("有人申请重设您的第二重验证；不是您要的，请立即联系审计管理员"),
    "account.factor_reset": _("您的第二重验证已被重设，请重新设置"),
}


def words(kind: str) -> str:
    """Return the sentence of a kind (用语); an unknown one is said in general words."""
    return str(WORDS.get(kind, _("有一件事需要您看一下")))


FAULTS = {
    "secret": (_("密钥不对，或者已经失效"), _("请在推送设置里重新填写密钥，再发送测试")),
    "place": (_("对方不允许从本机的地址访问"), _("请在对方的管理后台把本单位出口 IP 加入可信名单")),
    "rate": (_("对方说发得太快"), _("系统会自动再发，不用处理")),
    "address": (_("接收账号或号码不对"), _("请本人在“提醒方式”里改正")),
    "closed": (_("连不上对方的服务器"), _("请核对地址和防火墙；系统会自动再发")),
    "tls": (_("对方的证书验证不过"), _("请核对接口地址；内网网关请换上可信的证书")),
    "timeout": (_("对方没有及时答复"), _("系统会自动再发；常常这样，请联系对方")),
    "broken": (_("连接中途断开"), _("系统会自动再发；常常这样，请检查网络")),
    "redirect": (_("对方要转到别的地址，已拒绝"), _("请在推送设置里填写最终的接口地址")),
    "server": (_("对方的服务器出错"), _("系统会自动再发；常常这样，请联系对方")),
    "answer": (_("对方的答复看不懂，可能是网页登录页"), _("请核对接口地址，确认没有上网认证拦截")),
    "huge": (_("对方的答复太长，已拒绝"), _("请核对接口地址")),
    "setting": (_("设置有误"), _("请在推送设置里核对各项")),
    "no_address": (_("没有填写接收账号或号码"), _("请本人在“提醒方式”里填写")),
    "lost": (_("发送的途中系统停过"), _("请检查系统是否正常运行")),
    "unknown": (_("对方没有接受"), _("请按返回码查对方的说明，核对设置")),
}


def trouble(fault: str, number: int = 0, *, unsure: bool = False) -> tuple[str, str]:
    """Return why something was not delivered and what next (没有送到的原因和办法); of content there is nothing.

    `unsure`: it may have arrived, and so is not sent again.
    """
    why, next_ = FAULTS.get(fault, FAULTS["unknown"])
    next_ = _("可能已经送到，为免重复不再发；站内消息里有") if unsure else next_
    return f"{why}（{number}）" if number else str(why), str(next_)


def sentence(*, hour: str, address: str, urgent: bool) -> str:
    """Return the one sentence that leaves the house (推送用语): its hour and our own address, nothing else."""
    said = _("紧急：您有新的办理事项，请马上登录三个三查看（%(hour)s）。") if urgent else _(
        "您有新的办理事项，请登录三个三查看（%(hour)s）。")
    return str(said) % {"hour": hour} + address


def call(*, hour: str, address: str) -> str:
    """Return what a robot says to the group of the duty room (群机器人用语)."""
    return str(_("有新的A级预警，请值班人员登录查看（%(hour)s）。")) % {"hour": hour} + address


def trial(*, hour: str, address: str) -> str:
    """Return what a test says (测试用语)."""
    return str(_("这是三个三的推送测试，不用处理（%(hour)s）。")) % {"hour": hour} + address
