"""Charging for what was raised (按反映多少扣分), told by the words of a standard, whoever enters it. Chapter V.2.

A standard is read clause by clause. One that takes points and speaks of petitions charges for them, unless it
says how they were handled; one that says no more than “per case so many” is about what was named before it; and
what is given to whoever had none is taken from whoever had one.
"""

from __future__ import annotations

import re

_SPEAKING = re.compile(r"[上集群闹缠信来]访|重复访|越级访|诉求|举报|控告|投诉|来信|(?:职工|群众|越级)反映"
                       r"|热线(?=来电|\s*[\d一二两三]*[件起次个])")
_TAKES = re.compile(r"扣|否决|减\s*\d|不得分|不给分|不计分|[零０0]\s*分|取消")
_GIVES = re.compile(r"(?:加|奖|得|记)\s*[\d满全一二两三五十]")
_NONE = re.compile("无|杜绝|零|严禁|避免|控制|减少|下降|(?:不|未|没有?)(?:发生|出现|得|能|许|准|超过)|不超过")
"""Words that want fewer of something (求少), which therefore don't speak of how it was handled."""
_HAPPENS = re.compile("发生|出现|造成|引发|引起|导致")
_COUNTED = re.compile(r"(?:每?超(?:过|出)?|多于|高于)\s*[\d一二两三四五六七八九十]*\s*(?:[件起次人批封例%]|个百分点)"
                      r"|不得分|不给分|不计分")
_ENDED = re.compile(r"([扣减]\s*[\d.．]+\s*分?)[，,]")
"""After an amount another clause begins (分句), though but a comma stands there."""
_HANDLED = re.compile("未|不|没|超|逾|迟|漏|缺|少|推|拖|瞒|压|打击|报复|泄|失|错|误|虚|假|积案|低|率"
                      "|办[理结复]|处[理置]|查实|属实|态度|生硬|接听|畅通|答复|回复|记录|登记|台账|归档|建档|上报")
"""Words that speak of how what was raised was handled (办理情况)."""
_BARE = re.compile(r"(?:[同环]比|发生|出现|上升|增加|增长|超过?|[每如若凡按有再者的,，、:：\s()（）]"
                   r"|[\d.．一二两三四五六七八九十]|个百分点|[%％起件次人例批封宗扣减分元]|最[多高]|一票否决|否决|不得分|[此本]项|扣完为止|直接)+")
"""A clause that names nothing itself (无主语): so many points for each."""


def charges(standard: str) -> bool:
    """Return whether a standard takes points for what was raised (按反映多少扣分), whoever enters them.

    >>> charges("发生越级上访一起扣5分"), charges("每件诉求超期未答复扣1分"), charges("出现举报人信息泄露的一票否决")
    (True, False, False)
    >>> charges("热线电话畅通，无人接听一次扣1分"), charges("举报属实的，每件扣2分"), charges("热线来电一件扣1分")
    (False, False, True)
    >>> charges("无越级上访、集体上访；发生一起扣10分"), charges("造成上访的每起扣10分"), charges("零上访的加2分")
    (True, True, True)
    >>> charges("超期一件扣1分，造成上访的每起扣5分"), charges("未按期答复，造成上访的每起扣5分")
    (True, False)
    """
    wanted = ""
    for clause in filter(None, re.split(r"[。；;\n]", _ENDED.sub(r"\1；", standard))):
        about = wanted if wanted and _BARE.fullmatch(clause) else ""
        speaks = bool(_SPEAKING.search(clause) or about)
        fewer = bool(_NONE.search(about + clause))
        if speaks and not _handled(about + clause) and (_TAKES.search(clause) or fewer and _GIVES.search(clause)):
            return True
        named = _SPEAKING.search(clause) and (fewer or _HAPPENS.search(clause))
        wanted = clause if named else about
    return False


def charged(name: str, standard: str, method: str = "") -> bool:
    """Return whether an item takes points for what was raised (按反映多少考核); a veto takes all of them.

    >>> charged("职工群众越级上访", "", "veto"), charged("泄露举报人信息", "", "veto"), charged("越级上访", "登记")
    (True, False, False)
    """
    said = f"{name}；{standard}"
    vetoed = (f"{clause}，一票否决" for clause in re.split(r"[。；;\n]", said) if clause and method == "veto")
    return charges(said) or any(map(charges, vetoed))


def _handled(clause: str) -> bool:
    """Return whether a clause speaks of how something was handled (说的是办理), and not of how much there was."""
    return bool(_HANDLED.search(_COUNTED.sub("", _NONE.sub("", clause))))
