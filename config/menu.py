"""Menu (菜单): fills the slots of the base layout for whoever is signed in.

An item stands here with the action it needs; one whose address does not exist yet is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.execution.duties import queries as work
from sangesan.execution.duties.signals import settled
from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters.signals import moved
from sangesan.feedback.warning.queries.caring import to_call
from sangesan.foundation.memory import remembered
from sangesan.method.authority import NOBODY, Action, Scope
from sangesan.organization.notices.queries import unread_count
from sangesan.organization.remarks.pages import subject_of
from sangesan.organization.remarks.queries import may_instruct

A = Action


@dataclass(frozen=True)
class Item:
    """One entry (菜单项): shown to whoever holds one of the actions."""

    word: str
    url: str
    icon: str
    actions: tuple[Action, ...]
    count: str = ""


DUTIES = (A.HANDLE, A.APPROVE, A.TRIAGE, A.CALL_BACK, A.CLOSE, A.CLOSE_A, A.CONFIRM_A, A.INSPECT, A.HEAR_UNION,
          A.DO_WORK)
MENU: tuple[tuple[str, tuple[Item, ...]], ...] = (
    ("", (
        Item(lazy("今日情况"), "/w/today/", "gauge", (A.OVERVIEW,)),
        Item(lazy("我的待办"), "/w/todo/", "todo", DUTIES, "todo"),
        Item(lazy("我的日程"), "/w/calendar/", "calendar", DUTIES),
        Item(lazy("来件分办"), "/w/triage/", "route", (A.TRIAGE, A.HEAR_UNION), "triage"),
        Item(lazy("预警板"), "/w/warning/", "gauge", (A.SEE,)),
        Item(lazy("值班电话单"), "/w/calls/", "phone", (A.CALL,), "calls"),
        Item(lazy("关怀"), "/w/care/", "heart", (A.CARE,)),
        Item(lazy("事项"), "/w/matters/", "board", (A.SEE, A.INSPECT), "matters"),
    )),
    (lazy("登记"), (
        Item(lazy("快速上报"), "/w/report/", "edit", (A.REPORT,)),
        Item(lazy("登记来件"), "/w/register/", "letter", (A.REGISTER,)),
        # Not A.REGISTER: a line registers too, and keeps no record of these days (ADR 0078).
        Item(lazy("信访接待日"), "/w/reception/", "calendar", (A.OVERVIEW, A.SUPERVISE)),
        Item(lazy("意见箱"), "/w/boxes/", "inbox", (A.REGISTER,)),
        Item(lazy("替人代录"), "/w/behalf/", "hand", (A.REPORT, A.REGISTER)),
    )),
    (lazy("执行"), (
        Item(lazy("工作重点"), "/w/focus/", "flag", (A.OVERVIEW, A.DO_WORK, A.SEE_WORK)),
        Item(lazy("完成情况"), "/w/completeness/", "bars", (A.COUNT_WORK,)),
        Item(lazy("制度"), "/w/routines/", "refresh", (A.SEE_WORK, A.COUNT_WORK, A.EDIT_ROUTINES)),
        Item(lazy("工作项"), "/w/work/", "route", (A.DO_WORK, A.SEE_WORK)),
        Item(lazy("联系点"), "/w/contacts/", "pin", (A.DO_WORK, A.SEE_WORK)),
        Item(lazy("会议"), "/w/meetings/", "users", (A.DO_WORK, A.SEE_WORK)),
        Item(lazy("督察整改"), "/w/findings/", "checks", (A.DO_WORK, A.SEE_WORK, A.CHECK_WORK)),
        Item(lazy("周计划与述职"), "/w/plans/", "calendar", (A.DO_WORK, A.SEE_WORK)),
        Item(lazy("月分析与座谈"), "/w/analyses/", "chart", (A.DO_WORK, A.SEE_WORK)),
        Item(lazy("批示与回复"), "/w/remarks/", "reply", (A.DO_WORK, A.ASSIGN_WORK)),
        Item(lazy("宣传公开"), "/w/publicity/", "screen", (A.DO_WORK, A.SEE_WORK, A.REPORT)),
        Item(lazy("谈心帮扶"), "/w/talks/", "heart", (A.DO_WORK,)),
        Item(lazy("学习日"), "/w/study/", "cap", (A.DO_WORK, A.SEE_WORK, A.REPORT)),
    )),
    (lazy("纪检监察"), (
        Item(lazy("纪检监察信箱"), "/w/discipline/", "lock", (A.INSPECT,)),
        Item(lazy("信箱钥匙"), "/w/discipline/keys/", "key", (A.AUDIT,)),
    )),
    (lazy("考核"), (
        Item(lazy("考核结果"), "/w/results/", "medal", (A.SEE_RESULT, A.PUBLISH)),
        Item(lazy("人工考核"), "/w/assessments/", "checks", (A.ASSESS,)),
        Item(lazy("考核办法"), "/w/rules/", "book", (A.SEE_RESULT, A.EDIT_RULES)),
        Item(lazy("考核异议"), "/w/appeals/", "scale", (A.SEE_RESULT, A.DECIDE_APPEAL)),
        Item(lazy("成效"), "/w/outcomes/", "flag", (A.OVERVIEW, A.SEE_RESULT)),
        Item(lazy("上级报表"), "/w/returns/", "send", (A.OVERVIEW,)),
        Item(lazy("四张清单"), "/w/lacks/", "check", (A.OVERVIEW, A.COUNT_WORK)),
        Item(lazy("三册"), "/w/books/", "book", (A.READ_BOOKS,)),
        Item(lazy("奖惩兑现"), "/w/pay/", "money", (A.PAY,)),
    )),
    (lazy("民情"), (
        Item(lazy("反映统计"), "/w/pulse/", "chart", (A.OVERVIEW,)),
        Item(lazy("热点"), "/w/hot/", "flag", (A.OVERVIEW, A.TRIAGE)),
        Item(lazy("研讨课题"), "/w/topics/", "bulb", (A.SEE, A.REPORT, A.HANDLE, A.LEAD_STUDY)),
        Item(lazy("公开答复"), "/w/answers/", "book", (A.PUBLISH_ANSWER,)),
    )),
    (lazy("管理"), (
        Item(lazy("组织"), "/w/organization/", "tree", ()),
        Item(lazy("联络网"), "/w/networks/", "link", ()),
        Item(lazy("公文模板"), "/w/documents/", "file", (A.DOCUMENTS,)),
        Item(lazy("待办清单"), "/w/notices/lists/", "print", (A.SEE_WORK,)),
        Item(lazy("推送设置"), "/w/notices/push/", "send", (A.HEALTH,)),
        Item(lazy("账号"), "/w/accounts/", "key", (A.INVITE, A.AUDIT)),
        Item(lazy("审计日志"), "/w/audit/", "history", (A.AUDIT,)),
        Item(lazy("运行状况"), "/w/health/", "pulse", (A.HEALTH,)),
    )),
)
FEW = 16
"""So many entries stand on a screen without scrolling (一屏放得下的项数)."""
HELP = Item(lazy("帮助"), "/w/help/", "help", ())
NOTICES = Item(lazy("消息"), "/w/notices/", "bell", (), "notices")


@lru_cache(maxsize=64)
def built(url: str) -> bool:
    """Return whether an address exists (页面是否已建)."""
    try:
        resolve(url)
    except Resolver404:
        return False
    return True


def entry(item: Item, path: str, counts: dict[str, int], word: str = "") -> dict:
    """Return an item as the templates take it."""
    return {
        "word": word or item.word, "url": item.url, "icon": item.icon, "count": counts.get(item.count, 0),
        "urgent": item.count in ("todo", "triage", "notices", "calls"), "here": path.startswith(item.url),
    }


def allowed(item: Item, scope: Scope) -> bool:
    """Return whether an item is shown to this scope."""
    return built(item.url) and (not item.actions or any(scope.can(a) for a in item.actions))


def menu(scope: Scope, path: str, counts: dict[str, int]) -> list[dict]:
    """Return the groups of the menu (菜单分组) without empty ones; a long menu opens only where one is."""
    groups = []
    for word, items in MENU:
        shown = [entry(i, path, counts) for i in items if allowed(i, scope)]
        if shown:
            groups.append({"word": word if groups else "", "entries": shown})
    few = sum(len(group["entries"]) for group in groups) <= FEW
    for group in groups:
        group["open"] = few or any(one["here"] for one in group["entries"])
    return groups


def tabs(scope: Scope, path: str, counts: dict[str, int]) -> list[dict]:
    """Return the five tabs of a phone (手机底栏)."""
    home = {"word": _("首页"), "url": "/w/", "icon": "home", "count": 0, "here": path in ("/w/today/", "/w/todo/")}
    found = [home]
    wanted = {i.url: i for _word, items in MENU for i in items}
    for url, word in (("/w/matters/", _("事项")), ("/w/report/", _("上报")), ("/w/notices/", _("消息"))):
        item = wanted.get(url, NOTICES)
        if allowed(item, scope):
            found.append(entry(item, path, counts, word) | {"main": url == "/w/report/"})
    return found + [{"word": _("菜单"), "url": "#menu", "icon": "menu"}]


def counts_for(scope: Scope) -> dict[str, int]:
    """Return the counts beside menu items (待办数), through each system's permission query."""
    todo, triage = waiting(scope)
    calls = int(bool(to_call(scope))) if scope.can(A.CALL) else 0
    return {"notices": unread_count(scope), "todo": todo, "triage": triage, "calls": calls}


@remembered
def waiting(scope: Scope) -> tuple[int, int]:
    """Count what waits for a scope and for triage (待办与来件), anew after every change made here."""
    triage = matters.triage_waiting(scope) if scope.can(A.TRIAGE) or scope.can(A.HEAR_UNION) else 0
    return matters.duties_waiting(scope) + work.waiting(scope), triage


@receiver([moved, settled])
def changed(**_said) -> None:
    """Forget the counts (重新计数) when a matter has moved or a duty was settled."""
    waiting.forget()


def frame(request: HttpRequest) -> dict:
    """Context processor: menu, person, bell and look of this request."""
    scope = getattr(request, "scope", NOBODY)
    staff = request.path.startswith("/w/")
    theme, _dash, size = request.COOKIES.get("look", "").partition("-")
    look = {"theme": theme if theme in ("light", "dark") else "", "large": size == "large"}
    if not staff or scope is NOBODY or not scope.person:
        return {"frame": {"look": look if staff else {}, "demo": settings.DEMO}}
    counts = counts_for(scope)
    links = [
        {"word": word, "url": url, "icon": icon}
        for word, url, icon in (
            (_("我的账号"), "/w/accounts/me/", "user"), (_("请假代办"), "/w/organization/absence/", "calendar"),
            (_("提醒方式"), "/w/notices/reach/", "bell"),
            (_("帮助"), "/w/help/", "help"))
        if built(url)
    ]
    return {"frame": {
        "look": look,
        "demo": settings.DEMO,
        "menu": menu(scope, request.path, counts),
        "tabs": tabs(scope, request.path, counts),
        "instruct": subject_of(request.path, request.GET.dict()) if may_instruct(scope) else "",
        "search": {"url": "/w/search/", "label": _("查找事项、单位和岗位"), "hint": _("编号、词语、单位、首字母")},
        "bell": {"url": NOTICES.url, "count": counts.get("notices", 0)} if built(NOTICES.url) else None,
        "me": {
            "mark": salted_hmac("frame.me", str(scope.person)).hexdigest()[:16],
            "name": scope.name, "post": scope.posts[0].title if scope.posts else "", "links": links,
            "logout": "/w/logout/" if built("/w/logout/") else "",
        },
    }}
