"""Names that are known to be meant (已知姓名): covered wherever their signs stand, whatever else they might be.

The roster's names are looked for where they stand as names, for many are words as well. Who spoke of a matter is
no guess: their name must not stand in what is put out about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..folding import fold
from .patterns import Kind

COMMON = ("王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅"
          "钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔"
          "文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳柴冉耿焦左柳甘祝包宁尚符舒阮柯纪梅童毕单季裴霍涂成苗谷曲盛闫靳路娄牟")
_DOUBLE = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|东方|独孤|长孙|宇文|端木|百里|呼延"
_PERSON = re.compile(r"(?:联系人|反映人|姓名|本人|我是|我叫|找)?"
                     rf"((?:{_DOUBLE})[一-龥]{{1,2}}|[{COMMON}][一-龥]{{1,2}})"
                     r"(?:师傅|同志|班长|队长|先生|女士|的?(?:手机|电话|微信)[一-龥]{0,40})?")
_HAN = re.compile(r"[一-龥]{1,60}")
_GAP = r"[ .·_*\-\n\r\u200b-\u200d\u2060\ufeff]{0,2}"
_SHIFTS = frozenset(("白班", "常白班", "田间", "石门"))


def called(contact: str) -> set[str]:
    """Return the names that stand in what somebody left to be reached by (联系方式中的姓名).

    >>> called("王五 13900001111"), called("電話13900001111，张小三師傅"), called("白班 微信 wx_123，办公室 4321567")
    ({'王五'}, {'张小三'}, set())
    """
    runs = (_PERSON.fullmatch(run) for run in _HAN.findall(fold(contact)))
    return {found[1] for found in runs if found} - _SHIFTS


def cover_names(text: str, names: Iterable[str]) -> str:
    """Cover names that must not stand in a text (遮盖已知姓名), in any script, with gaps between their signs or not.

    >>> cover_names("综采一队王五、王 五队长和張三豐反映", ["王五", "张三丰", "张三"])
    '综采一队［姓名］、［姓名］队长和［姓名］反映'
    """
    longest = sorted({fold(name) for name in names if len(name) > 1}, key=len, reverse=True)
    if not longest:
        return text
    pattern = re.compile("|".join(_spelt(name) for name in longest), re.IGNORECASE)
    parts, at = [], 0
    for found in pattern.finditer(fold(text)):
        parts += [text[at : found.start()], f"［{Kind.NAME.value}］"]
        at = found.end()
    return "".join([*parts, text[at:]])


def _spelt(name: str) -> str:
    if name.isascii():
        return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])"
    return _GAP.join(re.escape(sign) for sign in name)
