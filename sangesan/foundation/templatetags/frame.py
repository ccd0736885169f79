"""Tags every page may use (页面标签): icons, the mark, grade and state badges, times, numbers.

How each looks and is called stands in docs/contributing/pages.md.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sangesan.foundation import clock, icons, remaining

register = template.Library()

SHAPES = {
    "A": "M12 2.5 22.5 21h-21z",
    "B": "M12 1.5 22.5 12 12 22.5 1.5 12z",
    "C": "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z",
}
WORDS = {"A": gettext_lazy("紧急"), "B": gettext_lazy("重要"), "C": gettext_lazy("一般")}
MARK = (
    '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/>'
    '<path d="M9.6 9h3.4m1.3 0h3.4m1.3 0h3.4M7 16h5m1.5 0h5m1.5 0h5M4.4 23h6.6m1.7 0h6.6m1.7 0h6.6"/></svg>'
)


@register.simple_tag
def mark() -> SafeString:
    """Draw the product's mark (产品标志)."""
    return mark_safe(MARK)  # noqa: S308


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon (图标) by name; with a label it speaks."""
    return icons.draw(name, str(conditional_escape(label)))


@register.simple_tag
def shape(letter: str) -> SafeString:
    """Draw the shape of a grade (等级图形) with its letter inside: triangle, diamond, disc."""
    letter = letter.upper()
    return format_html(
        '<svg viewBox="0 0 24 24" aria-hidden="true"><path class="shape" d="{}"/><text x="12" y="{}">{}</text></svg>',
        SHAPES[letter], 19 if letter == "A" else 16, letter,
    )


@register.simple_tag
def grade(letter: str, *, word: bool = True) -> SafeString | str:
    """Draw a grade (等级): letter, shape, word and colour together (ux.md, rule 2)."""
    if letter not in SHAPES:
        return ""
    drawn = shape(letter)
    said = _("%(letter)s 级") % {"letter": letter}
    words = WORDS[letter] if word else ""
    mini = "" if word else " mini"
    hidden = said if word else f"{said} {WORDS[letter]}"
    return format_html('<span class="grade {}{}">{}<span class="hidden">{} </span>{}</span>',
                       letter, mini, drawn, hidden, words)


@register.simple_tag
def chip(word: Any, tone: str = "", sign: str = "") -> SafeString | str:
    """Draw a small tag (标签); tone is one of act, ok, warn, bad or empty; sign is an icon's name."""
    if not word:
        return ""
    drawn = icons.draw(sign) if sign else ""
    return format_html('<span class="tag {}">{}{}</span>', tone, drawn, word)


@register.simple_tag
def deadline(due: datetime | date | None, done: datetime | None = None) -> SafeString | str:
    """Say how much time is left (剩余时限): 剩 1 小时 20 分, 已超 35 分钟; nothing without a deadline.

    `done` is the moment it was met; then the tag says in time or how late.
    """
    if due is None:
        return ""
    said = remaining.say(due, now=done or clock.now(), met=done is not None)
    return format_html(
        '<span class="tag {}" title="{}">{}</span>', said.tone, _("时限 %(due)s") % {"due": moment(due)}, said.words
    )


@register.filter
def moment(value: datetime | date | None) -> str:
    """Write a moment (时间) as 2026-11-20 14:05, a day as 2026-11-20, nothing as --."""
    if value is None or value == "":
        return "--"
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"


@register.filter
def short(value: datetime | date | None) -> str:
    """Write a moment shortly (简写时间): 11-20 14:05; with the year when it is another year."""
    if value is None or value == "":
        return "--"
    whole = moment(value)
    return whole[5:] if whole[:4] == str(clock.today().year) else whole


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Write the weekday (星期) of a day."""
    if not value:
        return ""
    day = clock.local(value) if isinstance(value, datetime) else value
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


@register.filter
def number(value: int | float | str | None) -> str:
    """Write a number (数字) with thousands; no data is -- (ux.md, rule 4). What is written already stays."""
    if value is None or value == "":
        return "--"
    return value if isinstance(value, str) else f"{value:,}"


@register.filter
def points(value: int | None) -> str:
    """Write hundredths of a point as points (分值): 9235 as 92.35."""
    return "--" if value is None or value == "" else f"{value / 100:.2f}"


@register.filter
def yuan(value: int | None) -> str:
    """Write cents as yuan (金额): 1234567 as 12,345.67."""
    if value is None or value == "":
        return "--"
    return f"{'-' if value < 0 else ''}{abs(value) // 100:,}.{abs(value) % 100:02d}"


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """Return this page's query string with changes (网址参数): filters live in the address."""
    asked = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            asked.pop(key, None)
        else:
            asked[key] = value
    return f"?{asked.urlencode()}" if asked else "?"
