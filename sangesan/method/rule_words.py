"""A rule in plain words (规则的说法): what stands beside the rule in the editor and on every page.

>>> monday = Cadence(read("FREQ=WEEKLY;BYDAY=MO"), Policy.NEXT)
>>> said(monday)
'每周一，遇休息日顺延'
>>> said(Cadence(read("FREQ=MONTHLY;BYMONTHDAY=1"), window=Window.MONTH))
'每月内任选一天'
"""

from __future__ import annotations

from calendar import monthrange

from .cadence import Freq, Rule, read
from .occurrences import Cadence, Policy, Window, every_day
from .words import word

COMMON_YEAR = 2027
"""A year without a leap day (平年)."""
WEEKDAYS = word("一二三四五六日")
OFF = {Policy.AS_IS: "", Policy.SKIP: word("，遇休息日不办"), Policy.NEXT: word("，遇休息日顺延"),
       Policy.PREVIOUS: word("，遇休息日提前")}
WITHIN = {Window.WEEK: word("每周"), Window.MONTH: word("每月"), Window.QUARTER: word("每季度"),
          Window.YEAR: word("每年")}
NUMBERS = word("零一二三四五六七八九十")


def said(cadence: Cadence) -> str:
    """Say a cadence in plain words (规则的说法).

    >>> said(Cadence(read("FREQ=MONTHLY;BYDAY=-1FR"), Policy.PREVIOUS, offset=3))
    '每月最后一个周五，遇休息日提前，其后 3 个工作日内办完'
    >>> said(Cadence(read("FREQ=MONTHLY;BYMONTHDAY=31"))), said(Cadence(read("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31")))
    ('每月31日（没有这一天的月份不办）', '每年1月31日')
    >>> said(Cadence(read("FREQ=DAILY;BYMONTHDAY=1,15"))), said(Cadence(read("FREQ=YEARLY;BYMONTHDAY=15")))
    ('每天（限1日、15日）', '每年每月15日')
    >>> said(Cadence(read("FREQ=DAILY"), Policy.SKIP)), said(Cadence(read("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH")))
    ('每个工作日', '每两周的周一、周四')
    """
    rule = cadence.rule
    if cadence.window != Window.DAY:
        words = word("%(value)s内任选一天") % {"value": WITHIN[cadence.window]}
        if rule.freq == Freq.YEARLY and cadence.window == Window.MONTH:
            words = word("每年%(months)s内任选一天") % {"months": _months(rule)}
        if rule.freq == Freq.YEARLY and cadence.window == Window.QUARTER and len(rule.months) == 1:
            words = word("每年第%(value)s季度内任选一天") % {"value": NUMBERS[(rule.months[0] + 2) // 3]}
    elif every_day(rule) and cadence.policy == Policy.SKIP:
        words = word("每个工作日")
    else:
        words = _often(rule) + OFF[cadence.policy]
    if cadence.offset:
        words += word("，其后 %(offset)s 个工作日内办完") % {"offset": cadence.offset}
    if rule.until:
        words += word("，到 %(until)s 为止") % {"until": f"{rule.until:%Y-%m-%d}"}
    return words


def _often(rule: Rule) -> str:
    weekdays = "、".join(word("周%(value)s") % {"value": WEEKDAYS[d]} for _, d in rule.days)
    times = _times(rule.interval)
    months = _months(rule)
    if rule.freq == Freq.DAILY:
        often = word("每%(times)s天") % {"times": times} if rule.interval > 1 else word("每天")
        limits = "，".join(filter(None, (months, _in_month(rule) if rule.month_days else weekdays)))
        return often + (word("（限%(limits)s）") % {"limits": limits} if limits else "")
    if rule.freq == Freq.WEEKLY:
        head = word("%(months)s的每") % {"months": months} if months else word("每")
        if rule.interval > 1:
            return word("%(head)s%(times)s周的%(days)s") % {"head": head, "times": times, "days": weekdays
                                                            or word("同一天")}
        return f"{head}{weekdays or word('周的同一天')}"
    if rule.freq == Freq.YEARLY:
        head = word("每%(times)s年") % {"times": times} if rule.interval > 1 else word("每年")
    else:
        head = word("每%(times)s个月") % {"times": times} if rule.interval > 1 else word("每月")
    if rule.freq == Freq.YEARLY:
        head += months or (word("每月") if rule.days or rule.month_days else "")
    elif months:
        head += word("（限%(months)s）") % {"months": months}
    return head + (word("的") if rule.interval > 1 and rule.freq == Freq.MONTHLY else "") + _in_month(rule)


def _in_month(rule: Rule) -> str:
    days = "、".join(word("最后一天") if d == -1 else word("倒数第%(times)s天") % {"times": _times(-d)} if d < 0
                     else word("%(d)s日") % {"d": d} for d in rule.month_days)
    named = "、".join(_weekday(n, d, bool(rule.month_days)) for n, d in rule.days)
    if any(d > monthrange(COMMON_YEAR, m)[1] for d in rule.month_days for m in rule.months or range(1, 13)):
        days += word("（没有这一天的月份不办）")
    return word("%(days)s且逢%(named)s") % {"days": days,
                                            "named": named} if days and named else days or named or word("的同一天")


def _weekday(nth: int, day: int, beside: bool) -> str:
    """Say which weekday of a month (月内周几); beside days of the month it is only a condition."""
    name = word("周%(value)s") % {"value": WEEKDAYS[day]}
    if nth == 0:
        return name if beside else word("每个%(name)s") % {"name": name}
    if nth == -1:
        return word("最后一个%(name)s") % {"name": name}
    return word("%(from_end)s第%(count)s个%(name)s") % {
        "from_end": word("倒数") if nth < 0 else "", "count": NUMBERS[abs(nth)], "name": name}


def _months(rule: Rule) -> str:
    return "、".join(word("%(m)s月") % {"m": m} for m in rule.months)


def _times(number: int) -> str:
    return word("两") if number == 2 else NUMBERS[number] if number <= 10 else f" {number} "


__all__ = ["read", "said"]
