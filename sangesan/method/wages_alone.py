"""Words about unpaid wages that tell of nothing else (只说欠薪的话): such a letter needs nobody to judge it first.

Not what must not stand in them is listed, but what may: there is no end of ways to say whom one means, and few to say
that one was not paid. Whatever else is told, triage reads first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLAIN = str.maketrans("資錢勞務費發沒給賬結領欠著壓討薪還個們見兩來從過補請幫為隊項農間裡時後這點關",
                       "资钱劳务费发没给账结领欠着压讨薪还个们见两来从过补请帮为队项农间里时后这点关")
_WHO = (
    "我们 我 咱们 咱 俺们 俺 大家 大伙 全家 家里 孩子 工友 工人 农民工 民工 外委队伍 外委队 外委 "
    "外包队 外包 劳务队 劳务 施工队 施工 掘进队 项目部 队伍 队里 队上 班组 全队 全班 队 班 公司 "
    "单位 矿上 矿里 老板 包工头"
)
_PAY = (
    "劳动报酬 工资卡 工资条 工资 工钱 薪水 薪酬 劳务费 血汗钱 欠薪 加班费 生活费 奖金 补贴 津贴 "
    "押金 保证金 钱 款 到账 结算 结账 结清 结 发放 补发 发 支付 兑付 付 清 领到 领 拿到 "
    "讨要 讨薪 讨 拖欠 拖着 拖 欠着 欠 压着 压 还 给"
)
_HOW = (
    "没有 没 未 不 一直 还 仍然 仍 总是 总 都 也 就 才 只 只有 已经 已 到现在 至今 现在 目前 "
    "了 的 地 得 着 过 吗 呢 吧 啊 呀 从 到 自 起 以来 以后 之后 之前 前 后 内 里 "
    "间 是 在 又 再 光 共 合计 总共 一共 大概 大约 左右 多少 多 几 余 各 每 全部 全"
)
_WHEN = (
    "今年 去年 前年 上半年 下半年 年底 年初 年前 年后 过年 春节 元旦 中秋 国庆 五一 本月 上个月 "
    "上月 这个月 下个月 月底 月初 今天 昨天 明天 年 月 日 号 天 季度 星期 周 元 块 角 万 次 "
    "回 个 第"
)
_ASK = (
    "请求 请 希望 要求 盼望 盼 求 想 能不能 能 可以 帮忙 帮助 帮 解决 尽快 赶快 早日 马上 及时 "
    "按时 足额 要回 要 什么时候 啥时候 何时 怎么办 怎么 为什么 为啥 很急 急 着急 困难 生活 吃饭 "
    "看病 看见 见到 见 上学 学费 房租 等着 等 用 一块 一起 去 来 问 回家 您好 你好 谢谢 感谢 "
    "反映 情况 问题 交 学"
)
_WORK = (
    "干活 干完 干 活 上班 下井 井下 掘进 开拓 作业 工程 做工 做完 做 完工 完 收工"
)
_COUNT = r"[0-9０-９零〇一二三四五六七八九十百千万两几.．]{1,8}(?:多|余)?(?:个|名|位)?(?:人|工友)?"
_WORDS = sorted({word for words in (_WHO, _PAY, _HOW, _WHEN, _ASK, _WORK) for word in words.split()},
                key=lambda word: (-len(word), word))
_FREE = re.compile(rf"{'|'.join(_WORDS)}|{_COUNT}|每人|人均|[\s，。、！？；：,.!?;:（）()“”…—~-]")


def wages_alone(text: str, names: Iterable[str] = ()) -> bool:
    """Return whether words say nothing but that wages are owed (只说欠薪). `names` of units may stand in them.

    >>> wages_alone("外包队三个月没发工资，12人想一块去问。家里等钱交学费。")
    True
    >>> wages_alone("外委隊三個月沒發工資，老板一直拖着"), wages_alone("工资没发，办这事的给老板打电话")
    (True, False)
    """
    plain = text.translate(_PLAIN)
    for name in sorted(filter(None, names), key=len, reverse=True):
        plain = plain.replace(name, "，")
    return not _FREE.sub("", plain)
