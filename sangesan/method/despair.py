"""Words of despair (绝望的话): they leave the grades for one trained carer and the doctor (chapter N6).

A short list of what people really say, plain and roundabout, and of what only sounds so: 累死了,
笑死, 跳楼价, 上吊装梁. One plain phrase is enough; of the roundabout ones, which are also said of
hard work, it takes two, one of them about oneself or one's family. One alone is a hint for
whoever reads it. The list errs towards asking a person who is well: that costs a telephone call.

>>> signs("工友說活著沒意思，想请人帮帮他"), signs("熬夜快累死了，笑死个人"), signs("这个班实在撑不下去了")
(<Sign.CLEAR: 2>, <Sign.NONE: 0>, <Sign.HINT: 1>)
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

from .folding import fold

UNSAID = "（没有写理由）"
"""Stands in a request for review from which words of despair were taken out (另行收下): its handlers learn nothing."""


class Sign(IntEnum):
    """How clearly it speaks of despair (迹象)."""

    NONE = 0
    HINT = 1
    CLEAR = 2


_PLAIN = re.compile(r"""
    (?<!预防)(?<!防止)(?<!防)(?<!干预)自杀(?!式|预防|干预|的?讲座|防控) | 自尽 | 自缢 | 自残
    | 轻生 | 寻短见 | 寻死(?!觅活) | 割腕 | 卧轨 | 求死
    | 上吊(?!装|车|运|挂|具|篮|臂|环|钩|梁|架|桥|绳) | 喝农药 | 喝敌敌畏 | 吞(?:了)?(?:整?瓶)?(?:安眠)?药
    | 遗书 | 绝笔
    | (?<!得)(?<!得我)(?<!得都)(?<!得真)(?<!得人)想(?:去)?死(?!你|您|他|她|我|大家|咱|了你|板|守|记|磕|机)
    | [想要]去死 | 一死了之 | 一了百了
    | (?<![累气热冻饿渴急烦忙困笑吓闷晒呛臭])死了(?:算了|干净|清净|更好|也好|倒好|就解脱|就好了)
    | 不如死了?(?!板|心|记|守|磕) | 死的心都有 | (?:不|没法)想(?:再)?活(?!动|跃|泼|络)
    | 不想(?:再)?活下?去?(?!动|跃|泼|络) | 活[够腻][了啦]?(?!动) | 没(?:有)?活路了?我?死
    | 活着(?:真|也|都|还|实在|太)?(?:没|没有|无|有什么|有啥|有何)(?:什么|啥|一点|半点|多大)?
      (?:意思|意义|劲|盼头|希望|奔头|用处)
    | 活着(?:就是|只是|也是)?(?:受罪|遭罪|多余|累赘|拖累) | 没(?:有)?(?:活(?:下去|着)?的?)?勇气(?:再)?活
    | 没(?:有)?活(?:下去|着)的(?:勇气|意义|念头|必要)
    | (?:了结|结束|了断)(?:了)?(?:自己|生命|此生|这辈子|这一生|这条命|我的生命|我这条)
    | (?:离开|告别)(?:这个|这)?(?:世界|人世间) | 想离开人世 | (?:不想|别|再也不|再不)(?:再)?醒(?:过来|来)
    | (?:怕|担心|万一|会|要|一时|差点|真)(?:\w{0,3})?想不开 | 跳(?:楼|井|河|桥|崖|江|下去)(?!价|机|式)
    | 从(?:井口|楼上|楼顶|桥上|天桥|罐口|井架)(?:上)?(?:跳|一跃) | 死给(?:你们|他们|大家)看
""", re.VERBOSE)
_SELF = re.compile(r"""
    绝望 | 解脱 | 生不如死 | 生无可恋 | 心死 | 心如死灰 | 走不出来
    | 拖累(?:了)?(?:家|老婆|媳妇|孩子|娃|父母|爹娘|他们|你们|大家|人) | 成了累赘 | 是个?累赘 | 多余的人
    | 对不起(?:我)?(?:老婆|媳妇|孩子|娃|父母|爹|娘|家里|妻儿|老人) | 来世 | 下辈子 | 永别
    | (?:安排|交代|交待|料理)(?:好)?(?:了)?后事 | 替我照顾
    | 照顾好?我(?:的)?(?:孩子|父母|老婆|媳妇|爹|娘|娃|妈|爸|老人) | 没(?:有)?人(?:在乎|管我|需要我)
    | 谁也不需要我 | 死了(?:都|也)没人知道 | (?:整夜|天天|整宿|整晚|夜夜|老是)睡不着 | 安眠药 | 抑郁
    | 不想(?:再)?见(?:任何)?人 | 没脸见人 | 什么都没意思 | 啥都没意思
""", re.VERBOSE)
_HARD = re.compile(r"""
    活不下去 | (?<!顶板)(?<!支架)(?<!锚杆)(?:撑|熬|扛|坚持)不(?:下去|住|过去)
    | 没(?:有|了)?(?:盼头|指望|奔头|活路) | 看不到(?:头|希望|出路) | 没(?:有)?希望 | 走投无路 | 崩溃
    | 过不(?:去|了)这(?:个|道)坎 | 想不开 | 想哭 | 心里(?:太)?(?:苦|难受|憋屈)
""", re.VERBOSE)
_HAZARD = re.compile(r"""
    冒顶 | 掉[渣矸顶] | 片帮 | 瓦斯 | 一氧化碳 | 煤尘 | [透涌突]水 | 着火 | 起火 | 冒烟 | 爆炸 | 漏电 | 断绳
    | 锚杆 | 罐笼 | 溜车 | 跑车 | 顶板 | 支架 | 坍塌 | 塌方 | 被困 | [埋压]住 | 中毒 | 窒息 | 超限 | 断电
    | 钢丝绳
""", re.VERBOSE)
_MEANS = re.compile(r"""
    (?:从|往|到|在|用|拿|去|开|吸)\w{0,6}(?:罐笼|支架|顶板|锚杆|钢丝绳|瓦斯|一氧化碳)
    \w{0,4}(?:跳|撞|吊|勒|自杀|自尽|寻死|了断|结束)
""", re.VERBOSE)
"""What somebody means to die by (轻生方式): no danger of the mine, though it names a thing of it."""
_NOISE = re.compile(r"[\s·•*＊_~～\-—…\.。,，、!！?？\"“”'‘’()（）]+")


def _plain(text: str) -> str:
    """Return a text in one script without what people put between characters (去掉空格和标点)."""
    return _NOISE.sub("", fold(unicodedata.normalize("NFKC", text)))


def signs(text: str) -> Sign:
    """Return how clearly a text speaks of despair (迹象)."""
    text = _plain(text)
    if _PLAIN.search(text):
        return Sign.CLEAR
    own = {m.group() for m in _SELF.finditer(text)}
    hard = {m.group() for m in _HARD.finditer(text)}
    if own and len(own) + len(hard) >= 2:
        return Sign.CLEAR
    return Sign.HINT if own or hard else Sign.NONE


def leaves_grades(text: str, *, danger: bool = False) -> bool:
    """Return whether a word goes to the carer and the doctor (转关怀) instead of being graded.

    A danger that is declared and named keeps its road: the lives of others hang on the dispatching room.

    >>> leaves_grades("不想活了"), leaves_grades("3208面掉渣，再不管不想活了", danger=True)
    (True, False)
    >>> leaves_grades("不想活了，要从罐笼上跳下去", danger=True)
    True
    """
    return signs(text) == Sign.CLEAR and not (danger and _HAZARD.search(_MEANS.sub("", _plain(text))))
