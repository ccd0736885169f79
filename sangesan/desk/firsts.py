"""First pages and first steps (首页与第一步) by what a person may do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as lazy

from sangesan.method.authority import Action, Role, Scope

A = Action
HELP = "/w/help/"
_PAGES: tuple[tuple[str, tuple[Action, ...]], ...] = (
    ("/w/today/", (A.OVERVIEW,)),
    ("/w/todo/", (A.HANDLE, A.APPROVE, A.TRIAGE, A.CALL_BACK, A.CLOSE, A.CONFIRM_A, A.INSPECT, A.DO_WORK)),
    ("/w/results/", (A.PUBLISH,)),
    ("/w/report/", (A.REPORT,)),
    ("/w/calls/", (A.CALL,)),
    ("/w/care/", (A.CARE,)),
    ("/w/pay/", (A.PAY,)),
    ("/w/organization/", (A.EDIT_ORGANIZATION,)),
    ("/w/accounts/", (A.INVITE,)),
    ("/w/audit/", (A.AUDIT,)),
)


@dataclass(frozen=True)
class Guide:
    """First steps of one kind of post (岗位引导): word and address of each."""

    title: str
    steps: tuple[tuple[str, str, str], ...]


TODO, CALLS = "/w/todo/", (lazy("打值班电话"), lazy("电话单上写着打给谁、说什么，打完记一笔。"), "/w/calls/")
REGISTER = (lazy("登记来信来访"), lazy("纸质信、来电、来访当天登记，发给来信人回执。"), "/w/register/")
ANSWER = (lazy("答复职工反映"), lazy("写清怎么办、谁办、几时办完；另一位同志审核后发给反映人。"), "/w/matters/")
RESULTS = (lazy("看考核结果"), lazy("每一分都能点到台账条目，按组织顺序排列。"), "/w/results/")
INSPECT = (lazy("督察整改"), lazy("发现问题、下整改单、谁发现谁验收，整改的人不能自己验收。"), "/w/findings/")
PLAN = (lazy("确认本周计划"), lazy("系统已按应办的事起草，核对后点一下确认；周五对账，没办的写明原因。"), "/w/plans/")

LEADER = Guide(lazy("矿领导"), (
    (lazy("看今日情况"), lazy("未办结、超时限和需要您过问的事都在一页，每个数字点开就是清单。"), "/w/today/"),
    (lazy("督办一件"), lazy("打开事项，点督办，写一句要求；承办单位马上收到。"), "/w/matters/?state=open&overdue=on"),
    RESULTS,
    (lazy("看四张清单"), lazy("没有量化、没有程序、没有结果、没有复核的，一类一张。"), "/w/lacks/"),
))
DUTY = Guide(lazy("值班领导"), (
    (lazy("确认 A 级"), lazy("有人身危险的先按 A 级处置，由您确认或者降级，降级要第二个人同意。"), TODO),
    CALLS,
    (lazy("看预警板"), lazy("还在办的 A、B、C 级和剩余时间都在这里，自动更新。"), "/w/warning/"),
))
DISPATCHER = Guide(lazy("调度员"), (CALLS,))
CARER = Guide(lazy("关怀员和医生"), (
    (lazy("看关怀件"), lazy("绝望的话只有关怀员和医生看得到；先联系本人，联系上没有都记一笔。"), "/w/care/"),
))
CADRE = Guide(lazy("党委工作部干事"), (
    REGISTER,
    (lazy("看今日情况"), lazy("未办结和超时限的都在一页，每个数字点开就是清单。"), "/w/today/"),
    INSPECT,
    (lazy("看完成情况"), lazy("各单位应办多少、办了多少，缺的点开就是哪一件。"), "/w/completeness/"),
))
INSPECTOR = Guide(lazy("纪检监察员"), (
    (lazy("开纪检监察信箱"), lazy("两把钥匙同时在场才能打开，信只在您的浏览器里解密。"), "/w/discipline/"),
    INSPECT,
))
ASSESSOR = Guide(lazy("考核员"), (
    (lazy("核对要人判断的几项"), lazy("系统已算好的直接确认，要改的写理由、附依据。"), "/w/assessments/"),
    RESULTS,
    (lazy("复核异议"), lazy("异议由没有记录、没有考核过这件事的人裁定。"), "/w/appeals/"),
))
PAYROLL = Guide(lazy("工资员"), (
    (lazy("分配奖金池"), lazy("按过了异议期的考核结果分到单位和人，导出工资表；基本工资不动。"), "/w/pay/"),
))
TRIAGE = Guide(lazy("分办员"), (
    (lazy("来件分办"), lazy("定紧急和重要程度，选主办单位，派单。键盘 J、K 上下移动，A、B、C 定级。"), "/w/triage/"),
    REGISTER,
    (lazy("裁定退回"), lazy("退回两次以上由您裁定，裁定后不能再退。"), TODO),
))
SECRETARY = Guide(lazy("党支部书记"), (
    (lazy("看我的待办"), lazy("今天要办的在最上面：签收、答复、开会、周计划、会议交办的事都在一张单子里。"), TODO),
    PLAN,
    (lazy("开会形成纪要"), lazy("议程自动带出上次的决定和到期的事，会上只写结论；决定自动交办。"), "/w/meetings/"),
    ANSWER,
    (lazy("写月分析"), lazy("数字系统已填好，只写原因和建议，拿到会上研究。"), "/w/analyses/"),
    (lazy("看三册"), lazy("平时登记的自动进册，每一节写着怎么做、还缺什么、下一步到哪里。"), "/w/books/"),
))
CHIEF = Guide(lazy("区队长和科长"), (
    (lazy("看我的待办"), lazy("今天要办的在最上面：签收、审核答复、整改、会议交办的事都在一张单子里。"), TODO),
    (lazy("审核答复"), lazy("承办人写好的答复由您审核，同意后才发给反映人。"), "/w/matters/"),
    (lazy("整改问题"), lazy("查出的问题按期改好，写一句怎么改的；谁发现谁验收。"), "/w/findings/"),
    PLAN,
))
HANDLER = Guide(lazy("承办人"), (
    (lazy("看我的待办"), lazy("今天要办的在最上面，先签收，再首次答复，再办理。"), TODO),
    ANSWER,
))
UNION = Guide(lazy("工会干部"), (
    (lazy("先阅工会信箱"), lazy("工会民主管理信箱的来件由您先看、先分办。"), "/w/triage/"),
    (lazy("看工会的事项"), lazy("工会信箱、职代会提案、工会登记和上报的、工会承办的都在这里；别的信箱的看不到。"),
     "/w/matters/"),
    (lazy("回访"), lazy("不是自己办的事才能回访，问反映人满意不满意。"), TODO),
    REGISTER,
    (lazy("记谈心帮扶"), lazy("只记哪天、帮什么、办成没有，不记人的想法。"), "/w/talks/"),
))
YOUTH = Guide(lazy("团干部"), (
    (lazy("看我的待办"), lazy("团的例会、学习和交办的事都在一张单子里。"), TODO),
    PLAN,
    (lazy("快速上报"), lazy("听到职工的反映，写一句就能报，不写姓名也可以。"), "/w/report/"),
))
CORRESPONDENT = Guide(lazy("信息员"), (
    (lazy("快速上报"), lazy("只有反映内容必填，写完就能发；不写反映人姓名也可以。"), "/w/report/"),
    (lazy("看办到哪一步"), lazy("自己上报的事项在我的上报里。"), "/w/report/"),
))
SYSTEM = Guide(lazy("系统管理员"), (
    (lazy("导入组织和人员"), lazy("下载模板、填写、预览、导入；24 小时内可以撤销。"), "/w/organization/import/"),
    (lazy("核定工作日历"), lazy("时限、例会和考核都按它算，每年核定一次。"), "/w/organization/calendar/"),
    (lazy("看运行状况"), lazy("备份、核验和搁置的处理都在这里。"), "/w/health/"),
))
SECURITY = Guide(lazy("安全管理员"), (
    (lazy("发邀请"), lazy("打印邀请条，本人扫码设置密码，管理员不知道密码。"), "/w/accounts/"),
))
AUDITOR = Guide(lazy("审计管理员"), (
    (lazy("查操作记录"), lazy("谁在什么时候改了什么，按时间排列，只能看，不能改。"), "/w/audit/"),
))
MEMBER = Guide(lazy("其他岗位"), (
    (lazy("看消息"), lazy("通知和办给您的事在消息里。"), "/w/notices/"),
    (lazy("反映一件事"), lazy("不用登录，可以匿名，写完给一张回执。"), "/"),
))
_GUIDES = {
    Role.LEADER: LEADER, Role.SECRETARY: SECRETARY, Role.CHIEF: CHIEF, Role.CREW_LEADER: HANDLER,
    Role.HANDLER: HANDLER, Role.TRIAGE: TRIAGE, Role.CADRE: CADRE, Role.CORRESPONDENT: CORRESPONDENT,
    Role.DUTY: DUTY, Role.DISPATCHER: DISPATCHER, Role.CARER: CARER, Role.DOCTOR: CARER, Role.INSPECTOR: INSPECTOR,
    Role.UNION: UNION, Role.YOUTH: YOUTH, Role.ASSESSOR: ASSESSOR, Role.PAYROLL: PAYROLL, Role.SYSTEM_ADMIN: SYSTEM,
    Role.SECURITY_ADMIN: SECURITY, Role.AUDITOR: AUDITOR, Role.MEMBER: MEMBER,
}


def page_of(scope: Scope) -> str:
    """Return the address of a person's first page (首页地址)."""
    return next((url for url, actions in _PAGES if any(scope.can(a) for a in actions)), HELP)


def guides(scope: Scope) -> list[Guide]:
    """Return the guides of the posts held (岗位引导), each once."""
    found = [_GUIDES[p.role] for p in scope.posts]
    return list(dict.fromkeys(found))
