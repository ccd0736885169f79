"""First pages and first steps (首页与第一步) by what a person may do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as lazy

from sangesan.method.authority import Action, Role, Scope

A = Action
_PAGES: tuple[tuple[str, tuple[Action, ...]], ...] = (
    ("/w/today/", (A.OVERVIEW,)),
    ("/w/todo/", (A.HANDLE, A.APPROVE, A.TRIAGE, A.CALL_BACK, A.CLOSE, A.CONFIRM_A, A.INSPECT)),
    ("/w/results/", (A.PUBLISH,)),
    ("/w/report/", (A.REPORT,)),
    ("/w/organization/", (A.EDIT_ORGANIZATION,)),
    ("/w/accounts/", (A.INVITE,)),
    ("/w/audit/", (A.AUDIT,)),
)


@dataclass(frozen=True)
class Guide:
    """First steps of one kind of post (岗位引导): word and address of each."""

    title: str
    steps: tuple[tuple[str, str, str], ...]


LEADER = Guide(lazy("矿领导"), (
    (lazy("看今日情况"), lazy("未办结、超时限和需要您过问的事都在一页，每个数字点开就是清单。"), "/w/today/"),
    (lazy("督办一件"), lazy("打开事项，点督办，写一句要求；承办单位马上收到。"), "/w/matters/?state=open&overdue=on"),
    (lazy("看考核结果"), lazy("每一分都能点到台账条目，按组织顺序排列。"), "/w/results/"),
))
DUTY = Guide(lazy("值班领导"), (
    (lazy("确认 A 级"), lazy("有人身危险的先按 A 级处置，由您确认或者降级，降级要第二个人同意。"), "/w/todo/"),
    (lazy("打值班电话"), lazy("电话单上写着打给谁、说什么，打完记一笔。"), "/w/calls/"),
    (lazy("看预警板"), lazy("还在办的 A、B、C 级和剩余时间都在这里，自动更新。"), "/w/warning/"),
))
CADRE = Guide(lazy("党委工作部干事"), (
    (lazy("登记来信来访"), lazy("纸质信、来电、来访当天登记，发给来信人回执。"), "/w/register/"),
    (lazy("看今日情况"), lazy("未办结和超时限的都在一页，每个数字点开就是清单。"), "/w/today/"),
    (lazy("督察整改"), lazy("发现问题、下整改单、谁发现谁验收，整改的人不能自己验收。"), "/w/findings/"),
))
INSPECTOR = Guide(lazy("纪检监察员"), (
    (lazy("开纪检监察信箱"), lazy("两把钥匙同时在场才能打开，信只在您的浏览器里解密。"), "/w/discipline/"),
))
ASSESSOR = Guide(lazy("考核员"), (
    (lazy("核对要人判断的几项"), lazy("系统已算好的直接确认，要改的写理由、附依据。"), "/w/assessments/"),
    (lazy("看考核结果"), lazy("每一分都能点到台账条目，按组织顺序排列。"), "/w/results/"),
    (lazy("复核异议"), lazy("异议由没有记录、没有考核过这件事的人裁定。"), "/w/appeals/"),
))
TRIAGE = Guide(lazy("分办员"), (
    (lazy("来件分办"), lazy("定紧急和重要程度，选主办单位，派单。键盘 J、K 上下移动，A、B、C 定级。"), "/w/triage/"),
    (lazy("登记来信来访"), lazy("纸质信、来电、来访当天登记，发给来信人回执。"), "/w/register/"),
    (lazy("裁定退回"), lazy("退回两次以上由您裁定，裁定后不能再退。"), "/w/todo/"),
))
BRANCH = Guide(lazy("党支部书记和承办人"), (
    (lazy("看我的待办"), lazy("今天到期的在最上面，先签收，再首次答复，再办理。"), "/w/todo/"),
    (lazy("提交答复"), lazy("写清怎么办、谁办、几时办完；另一位同志审核后发给反映人。"), "/w/matters/"),
    (lazy("回访和办结"), lazy("不是自己办的事才能回访、办结。"), "/w/todo/"),
))
CORRESPONDENT = Guide(lazy("信息员"), (
    (lazy("快速上报"), lazy("只有反映内容必填，写完就能发；不写反映人姓名也可以。"), "/w/report/"),
    (lazy("看办到哪一步"), lazy("自己上报的事项在我的上报里。"), "/w/report/"),
))
SYSTEM = Guide(lazy("系统管理员"), (
    (lazy("导入组织和人员"), lazy("下载模板、填写、预览、导入；24 小时内可以撤销。"), "/w/organization/"),
    (lazy("看运行状况"), lazy("备份、核验和搁置的处理都在这里。"), "/w/health/"),
))
SECURITY = Guide(lazy("安全管理员"), (
    (lazy("发邀请"), lazy("打印邀请条，本人扫码设置密码，管理员不知道密码。"), "/w/accounts/"),
))
AUDITOR = Guide(lazy("审计管理员"), (
    (lazy("查操作记录"), lazy("谁在什么时候改了什么，按时间排列，只能看，不能改。"), "/w/audit/"),
))
_GUIDES = {
    Role.LEADER: LEADER, Role.DUTY: DUTY, Role.TRIAGE: TRIAGE, Role.CADRE: CADRE, Role.SECRETARY: BRANCH,
    Role.CHIEF: BRANCH, Role.HANDLER: BRANCH, Role.CREW_LEADER: BRANCH, Role.UNION: BRANCH,
    Role.CORRESPONDENT: CORRESPONDENT, Role.INSPECTOR: INSPECTOR, Role.ASSESSOR: ASSESSOR,
    Role.SYSTEM_ADMIN: SYSTEM, Role.SECURITY_ADMIN: SECURITY, Role.AUDITOR: AUDITOR,
}


def page_of(scope: Scope) -> str:
    """Return the address of a person's first page (首页地址)."""
    return next((url for url, actions in _PAGES if any(scope.can(a) for a in actions)), "/w/help/")


def guides(scope: Scope) -> list[Guide]:
    """Return the guides of the posts held (岗位引导), each once."""
    found = [_GUIDES[p.role] for p in scope.posts if p.role in _GUIDES]
    return list(dict.fromkeys(found))
