"""Pages of numbers (有数的页): what one may write a remark on beside things that have an address of their own.

A page is known by its path and by the codes it was narrowed to, so that a fact can keep it:
`pages/duties/state.missing/unit.ZC1` is /w/duties/?state=missing&unit=ZC1. What it shows is asked of each
reader by the page itself. Lists whose rows are persons or speakers are none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as lazy

from sangesan.method.authority import Scope

NOUN, LONGEST = "pages", 80
PAGES = {
    "today": lazy("今日情况"), "warning": lazy("预警板"), "matters": lazy("事项"), "hot": lazy("热点"),
    "pulse": lazy("反映统计"), "completeness": lazy("完成情况"), "duties": lazy("应办清单"), "routines": lazy("制度"),
    "focus": lazy("工作重点"), "work": lazy("工作项"), "contacts/month": lazy("到位表"), "meetings": lazy("会议"),
    "findings": lazy("督察整改"), "inspections/uninspected": lazy("未检查的工作"),
    "inspections/figures": lazy("隐患三违"), "plans": lazy("周计划"), "analyses": lazy("月分析"),
    "discussions": lazy("季度座谈"), "publicity": lazy("宣传计划"), "openness": lazy("队务公开"),
    "study/counts": lazy("学习统计"), "results": lazy("考核结果"), "outcomes": lazy("成效"), "lacks": lazy("四张清单"),
}
"""Where a page lies under /w/, and what it is called (可批示的页)."""
TURNED = ("page", "after")
"""What only turns leaves (翻页)."""
TYPED = ("number", "q")
"""What is typed to find one thing or word (查找): a fact keeps no such words, and a number is its own subject."""
_NAME, _VALUE = re.compile(r"[a-z]{1,16}"), re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,40}")


@dataclass(frozen=True)
class Page:
    """A page (一页): what it is called, where it is, and to which unit it was narrowed, by code."""

    word: str
    url: str
    unit: str = ""


def subject_of(path: str, asked: Mapping[str, str]) -> str:
    """Return the address of a page (页的地址), '' when it is none of these or was narrowed by typed words.

    >>> subject_of("/w/duties/", {"unit": "ZC1", "state": "missing", "page": "2"})
    'pages/duties/state.missing/unit.ZC1'
    >>> [subject_of("/w/matters/", {name: "2026-K7Q4MX"}) for name in TYPED], subject_of("/w/talks/", {})
    (['', ''], '')
    """
    page = path.removeprefix("/w/").strip("/")
    narrowed = sorted((name, said) for name, said in asked.items() if said and name not in TURNED)
    fits = all(_NAME.fullmatch(name) and name not in TYPED and _VALUE.fullmatch(said) for name, said in narrowed)
    if page not in PAGES or not fits:
        return ""
    subject = "/".join([NOUN, page, *(f"{name}.{said}" for name, said in narrowed)])
    return subject if len(subject) <= LONGEST else ""


def page_of(key: str) -> Page | None:
    """Return the page behind an address (取页), None when there is none.

    >>> page_of("duties/state.missing/unit.ZC1").url, page_of("talks"), page_of("duties/../admin")
    ('/w/duties/?state=missing&unit=ZC1', None, None)
    """
    parts = key.split("/")
    named = [part.partition(".")[::2] for part in parts if "." in part]
    page = "/".join(part for part in parts if "." not in part)
    if f"{NOUN}/{key}" != subject_of(f"/w/{page}/", dict(named)):
        return None
    asked = f"?{urlencode(named)}" if named else ""
    return Page(str(PAGES[page]), f"/w/{page}/{asked}", dict(named).get("unit", ""))


def opener(scope: Scope, key: str) -> Page | None:
    """The door of `pages/…` (页之门): the page asks each of its readers by itself."""
    return page_of(key) if scope.person else None


def address_of(subject: str) -> str:
    """Return where a subject of a remark is read (对象的网址)."""
    noun, _slash, key = subject.partition("/")
    page = page_of(key) if noun == NOUN else None
    return page.url if page else f"/w/{subject}/"
