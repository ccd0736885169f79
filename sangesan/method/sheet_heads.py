"""Heads of an enterprise's own sheet of rules (自有考核细则的表头): known by usual words, or by what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEADS: dict[str, tuple[str, ...]] = {
    "worth": ("分值", "标准分", "满分", "权重", "分数", "配分"),
    "heading": ("考核项目", "项目", "类别", "考核类别", "考核领域", "一级指标"),
    "name": ("考核指标", "指标", "考核要点", "考核内容", "内容", "二级指标", "要素"),
    "standard": ("考核标准", "考核内容及标准", "标准", "工作要求", "考核要求", "工作标准"),
    "how": ("评分办法", "评分标准", "扣分标准", "计分办法", "评分细则", "考核办法", "考核方法", "扣分办法"),
    "lead": ("责任部门", "考核部门", "牵头部门", "主考部门", "考评部门"),
    "evidence": ("备注", "佐证", "佐证材料", "资料", "支撑材料"),
}
LIKE: dict[str, str] = {
    "how": "(?:扣分|加分|评分|计分|打分|计算|考核|考评|奖惩|奖励)(?:标准|办法|方法|方式|细则|规则)",
    "worth": "分值|标准分|基准分|基本分|权重|满分|上限|最高",
    "name": "(?:指标|项目)名称|(?:检查|考评|工作|评价|考核|加分|奖励|否决)(?:内容|项目|要点|事项|情形|条件)",
    "standard": "标准|要求|目标",
    "lead": "(?:责任|牵头|主考|考评|主管|归口)(?:部门|单位|科室)",
}
"""What heads are called that are none of these words (相近的表头): 考核标准及扣分办法 says how points are taken."""
ASIDE = re.compile("加分|奖励|否决")
"""Heads of a sheet beside the hundred points (分外的表): what it gives or vetoes has no worth of its own."""
TOP = 20
"""Heads stand within so many rows."""


def heads(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """Return where the heads stand and the column of each (表头); None where no sheet of rules is recognised.

    >>> heads([["某矿考核细则"], ["序号", "考核项目", "考核内容及标准", "分值（分）"]])
    (1, {'heading': 1, 'standard': 2, 'worth': 3})
    >>> heads([["项目", "考核内容", "考核标准及扣分办法", "标准分", "得分", "扣分原因"]])
    (0, {'heading': 0, 'name': 1, 'worth': 3, 'how': 2})
    >>> heads([["序号", "否决事项", "责任部门"]])
    (0, {'lead': 2, 'name': 1})
    """
    for at, cells in enumerate(rows[:TOP]):
        plain = {column: re.sub(r"[（(].*?[)）]|\s|[*＊:：]", "", cell) for column, cell in enumerate(cells)}
        found: dict[str, int] = {}
        for column, cell in plain.items():
            if what := next((one for one, known in HEADS.items() if cell in known and one not in found), None):
                found[what] = column
        for column in sorted(plain.keys() - found.values()):
            if what := next((one for one, like in LIKE.items() if one not in found and re.search(like, plain[column])),
                            None):
                found[what] = column
        told = {"heading", "name", "standard"} & found.keys()
        if told and ("worth" in found or any(ASIDE.search(plain[found[what]]) for what in told)):
            return at, found
    return None
