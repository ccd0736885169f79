"""Powers (岗位权限): what can be done, kinds of posts, and which post may do what how far."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What can be done (操作)."""

    SEE = "matter.see"  # 查看事项
    REPORT = "matter.report"  # 上报
    REGISTER = "matter.register"  # 登记来信
    READ_FIRST = "matter.read_first"  # 研判前先阅来件
    TRIAGE = "matter.triage"  # 研判定级、派单、并案、裁定退回
    HANDLE = "matter.handle"  # 签收、办理、退回、申请延期、拟答复
    APPROVE = "matter.approve"  # 审核答复、批准延期
    CALL_BACK = "matter.call_back"  # 回访
    CLOSE = "matter.close"  # 办结 C、B 级
    CLOSE_A = "matter.close_a"  # 办结 A 级
    SUPERVISE = "matter.supervise"  # 督办
    REVIEW = "matter.review"  # 复查、复核下级单位的办理意见
    CONFIRM_A = "matter.confirm_a"  # 值班领导确认或降低临时 A 级
    INSPECT = "matter.inspect"  # 查看和办理检举控告
    HEAR_UNION = "matter.hear_union"  # 先阅、分办工会信箱来件
    OPEN_IDENTITY = "identity.open"  # 查看保密身份
    EDIT_GRADING = "grading.edit"  # 起草分级表、登记党委的决定
    CALL = "warning.call"  # 值班电话单、值班表
    CARE = "care.see"  # 关怀：绝望的话只给关怀员和医生
    SEE_RESULT = "result.see"  # 查看考核结果
    PUBLISH = "result.publish"  # 公布考核结果
    EDIT_RULES = "rules.edit"  # 起草考核办法、登记职代会的决定
    ASSESS = "result.assess"  # 确认或更正指标得分、复核他人的更正
    DECIDE_APPEAL = "appeal.decide"  # 裁定考核异议
    PAY = "pay.manage"  # 奖惩兑现：奖金池、分配、导出工资表
    READ_BOOKS = "book.read"  # 查看所辖支部的三册
    PUBLISH_ANSWER = "answer.publish"  # 公开答复：起草、复看、撤回
    OVERVIEW = "desk.overview"  # 今日情况
    EDIT_ORGANIZATION = "organization.edit"  # 维护组织
    KEEP_NETWORKS = "network.keep"  # 维护联络网：设联络员、公示
    LEAD_STUDY = "study.lead"  # 研讨课题：出题、邀请、作结论
    INVITE = "account.invite"  # 邀请、重置、停用账号
    AUDIT = "audit.see"  # 查看审计日志
    HEALTH = "health.see"  # 查看运行状况
    DO_WORK = "duty.do"  # 办理本单位应办事项
    SEE_WORK = "duty.see"  # 查看所辖单位的执行情况
    COUNT_WORK = "duty.count"  # 只看应办、已办的数
    ASSIGN_WORK = "duty.assign"  # 交办，同意改期、免办
    EDIT_ROUTINES = "routine.edit"  # 起草和施行制度
    CHECK_WORK = "work.check"  # 督察：检查、发整改通知、验收
    DOCUMENTS = "documents.manage"  # 维护公文模板、发文机关，查看发文登记


class Role(StrEnum):
    """Kind of post (岗位类别)."""

    LEADER = "leader"  # 党委书记、矿长、分管领导
    SECRETARY = "secretary"  # 党支部书记
    CHIEF = "chief"  # 区队长、科长
    CREW_LEADER = "crew_leader"  # 班组长
    HANDLER = "handler"  # 承办人
    TRIAGE = "triage"  # 分办员
    CADRE = "cadre"  # 党委工作部干事
    CORRESPONDENT = "correspondent"  # 信息员
    DUTY = "duty"  # 值班领导
    DISPATCHER = "dispatcher"  # 调度员
    CARER = "carer"  # 关怀员，受过训练的一个人
    DOCTOR = "doctor"  # 职工医院医生
    INSPECTOR = "inspector"  # 纪检监察员
    UNION = "union"  # 工会干部
    YOUTH = "youth"  # 团干部
    ASSESSOR = "assessor"  # 考核员
    PAYROLL = "payroll"  # 工资员
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDITOR = "auditor"  # 审计管理员
    MEMBER = "member"  # 其他岗位


class Reach(StrEnum):
    """How far a post's actions go (管辖范围)."""

    UNIT = "unit"  # the post's unit with all below it, and what a branch covers
    MINE = "mine"  # the whole enterprise the unit belongs to


A = Action
LEADS = frozenset({A.DO_WORK, A.SEE_WORK, A.COUNT_WORK, A.ASSIGN_WORK, A.CHECK_WORK})
WORK: dict[Role, frozenset[Action]] = {
    Role.LEADER: LEADS, Role.SECRETARY: LEADS, Role.CHIEF: LEADS, Role.CADRE: LEADS | {A.EDIT_ROUTINES},
    Role.CREW_LEADER: frozenset({A.DO_WORK, A.SEE_WORK}), Role.HANDLER: frozenset({A.DO_WORK}),
    Role.TRIAGE: frozenset({A.DO_WORK}), Role.DUTY: frozenset({A.DO_WORK, A.CHECK_WORK}),
    Role.INSPECTOR: frozenset({A.DO_WORK, A.CHECK_WORK}),
    Role.UNION: frozenset({A.DO_WORK, A.SEE_WORK, A.COUNT_WORK}),
    Role.YOUTH: frozenset({A.DO_WORK, A.SEE_WORK, A.COUNT_WORK}), Role.ASSESSOR: frozenset({A.COUNT_WORK}),
}
"""Powers over work (执行方面的权限): assessors see counts alone, administrators nothing."""
_POWERS: dict[Role, tuple[Reach, frozenset[Action]]] = {
    Role.LEADER: (Reach.MINE, frozenset({A.SEE, A.PUBLISH_ANSWER, A.APPROVE, A.CLOSE, A.CLOSE_A, A.SUPERVISE, A.REVIEW,
                                         A.SEE_RESULT, A.OVERVIEW, A.KEEP_NETWORKS, A.LEAD_STUDY})),
    Role.SECRETARY: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE, A.APPROVE, A.CALL_BACK, A.CLOSE, A.SEE_RESULT,
                                            A.KEEP_NETWORKS})),
    Role.CHIEF: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE, A.APPROVE, A.REVIEW, A.SEE_RESULT})),
    Role.CREW_LEADER: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE})),
    Role.HANDLER: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.HANDLE})),
    Role.TRIAGE: (
        Reach.MINE,
        frozenset({A.SEE, A.PUBLISH_ANSWER, A.REGISTER, A.READ_FIRST, A.TRIAGE, A.CALL_BACK, A.CLOSE, A.SUPERVISE,
                   A.OPEN_IDENTITY, A.DOCUMENTS}),
    ),
    Role.CADRE: (
        Reach.MINE,
        frozenset({A.SEE, A.PUBLISH_ANSWER, A.REGISTER, A.CALL_BACK, A.CLOSE, A.SEE_RESULT, A.OVERVIEW,
                   A.EDIT_GRADING, A.EDIT_RULES, A.ASSESS, A.DOCUMENTS, A.KEEP_NETWORKS, A.LEAD_STUDY}),
    ),
    Role.CORRESPONDENT: (Reach.UNIT, frozenset({A.REPORT})),
    Role.DUTY: (Reach.MINE, frozenset({A.SEE, A.CONFIRM_A, A.CALL})),
    Role.DISPATCHER: (Reach.MINE, frozenset({A.CALL})),
    Role.CARER: (Reach.MINE, frozenset({A.CARE})),
    Role.DOCTOR: (Reach.MINE, frozenset({A.CARE})),
    Role.INSPECTOR: (Reach.MINE, frozenset({A.REPORT, A.INSPECT})),
    Role.UNION: (Reach.UNIT, frozenset({A.SEE, A.REPORT, A.REGISTER, A.CALL_BACK, A.HEAR_UNION})),
    Role.YOUTH: (Reach.UNIT, frozenset({A.REPORT})),
    Role.ASSESSOR: (Reach.MINE, frozenset({A.SEE_RESULT, A.PUBLISH, A.EDIT_RULES, A.ASSESS})),
    Role.PAYROLL: (Reach.MINE, frozenset({A.PAY})),
    Role.SYSTEM_ADMIN: (Reach.MINE, frozenset({A.EDIT_ORGANIZATION, A.HEALTH})),
    Role.SECURITY_ADMIN: (Reach.MINE, frozenset({A.INVITE})),
    Role.AUDITOR: (Reach.MINE, frozenset({A.AUDIT})),
    Role.MEMBER: (Reach.UNIT, frozenset()),
}
READS = frozenset({A.SEE, A.TRIAGE, A.HANDLE, A.APPROVE, A.CALL_BACK, A.CLOSE, A.CLOSE_A, A.SUPERVISE, A.REVIEW,
                   A.CONFIRM_A, A.INSPECT, A.HEAR_UNION, A.READ_FIRST, A.OPEN_IDENTITY, A.PUBLISH_ANSWER})
"""What lets somebody read matters (可读事项的权限). Ringing for a danger and care wait for nothing."""
LINES: dict[Role, tuple[str, frozenset[Action]]] = {Role.UNION: ("union", frozenset({A.SEE, A.CALL_BACK}))}
"""Powers over what belongs to a line alone (只管本条线的权限): whose boxes they are not, reads nothing of them."""
RESULTS: dict[Role, frozenset[Action]] = {
    Role.LEADER: frozenset({A.DECIDE_APPEAL, A.READ_BOOKS}), Role.CADRE: frozenset({A.DECIDE_APPEAL, A.READ_BOOKS}),
    Role.ASSESSOR: frozenset({A.DECIDE_APPEAL, A.PAY, A.READ_BOOKS}), Role.SECRETARY: frozenset({A.READ_BOOKS}),
    Role.UNION: frozenset({A.READ_BOOKS}),
}
"""Powers over results, pay and books (考核方面的权限); single payments are seen by assessor and payroll clerk only."""
NONE: frozenset[Action] = frozenset()
POWERS = {role: (reach, actions | WORK.get(role, NONE) | RESULTS.get(role, NONE))
          for role, (reach, actions) in _POWERS.items()}
SEPARATED = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
"""The three separated administrators (三员分立): nobody holds two, none reads matters."""
