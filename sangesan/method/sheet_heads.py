"""Heads of an enterprise's own sheet of rules (自有考核细则的表头): known by usual words, or by what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

HEADS: dict[str, tuple[str, ...]] = {
    "heading": ("考核项目", "项目", "类别", "考核类别", "考核领域", "领域", "一级指标", "大项", "模块",
                "板块", "考评项目"),
    "name": ("考核指标", "指标", "考核要点", "考核内容", "内容", "二级指标", "要素"),
    "standard": ("考核标准", "考核内容及标准", "标准", "工作要求", "考核要求", "工作标准"),
    "how": ("评分办法", "评分标准", "扣分标准", "计分办法", "评分细则", "考核办法", "考核方法", "扣分办法"),
    "lead": ("责任部门", "考核部门", "牵头部门", "主考部门", "考评部门"),
    "evidence": ("备注", "佐证", "佐证材料", "资料", "支撑材料"),
    "worth": ("分值", "标准分", "满分", "分数", "配分", "基本分", "权重"),
}
LIKE: dict[str, str] = {
    "how": "(?:扣分|加分|评分|计分|打分|计算|考核|考评|奖惩|奖励)(?:标准|办法|方法|方式|细则|规则)",
    "worth": "分值|标准分|基准分|基本分|应得分|权重|满分|上限|最高",
    "name": "(?:指标|项目)名称|(?:检查|考评|工作|评价|考核|加分|奖励|否决)(?:内容|项目|要点|事项|情形|条件)",
    "standard": "标准|要求|目标",
    "lead": "(?:责任|牵头|主考|考评|主管|归口|认定)(?:部门|单位|科室)",
}
"""What heads are called that are none of these words (相近的表头): 考核标准及扣分办法 says how points are taken."""
ASIDE = re.compile("加分|奖励|否决")
"""Heads of a sheet beside the hundred points (分外的表): what it gives or vetoes has no worth of its own."""
NUMBERS = re.compile("序号|编号|序|号")
"""The head of a column that only counts the rows (序号列)."""
TOP, LONG = 20, 14
"""Heads stand within so many rows, and say no more than so many characters."""


@dataclass(frozen=True)
class Heads:
    """The heads of a sheet (表头): its first row, the row below, each column read, those that are not, what all say.

    `aside` is the head by which a sheet stands beside the hundred points (加分、否决), `words` all that is said there.
    """

    at: int
    below: int
    columns: Mapping[str, tuple[int, ...]]
    unread: Mapping[int, str]
    words: frozenset[str]
    headed: frozenset[int]
    aside: str = ""


def heads(rows: Sequence[Sequence[str]]) -> Heads | None:
    """Return where the heads stand and the columns of each (表头); None where no sheet of rules is recognised.

    >>> found = heads([["某矿考核细则"], ["序号", "考核项目", "考核内容及标准", "分值（分）", "得分"]])
    >>> found.at, dict(found.columns), dict(found.unread)
    (1, {'heading': (1,), 'standard': (2,), 'worth': (3,)}, {4: '得分'})
    >>> dict(heads([["项目", "考核内容", "考核标准及扣分办法", "标准分", "得分", "扣分原因"]]).columns)
    {'heading': (0,), 'name': (1,), 'worth': (3,), 'how': (2,)}
    >>> halves = heads([["考核内容", "分值", "考核内容", "分值"]])
    >>> halves.columns["worth"], dict(halves.unread)
    ((1,), {2: '考核内容', 3: '分值'})
    >>> dict(heads([["序号", "否决事项", "责任部门"]]).columns)
    {'lead': (2,), 'name': (1,)}
    >>> two = heads([["考核项目", "考核内容", "分值", "评分", "评分"], ["考核项目", "", "", "扣分标准", "得分"]])
    >>> two.below, two.columns["how"], dict(two.unread)
    (2, (3,), {4: '得分'})
    """
    for at, cells in enumerate(rows[:TOP]):
        lower = rows[at + 1] if at + 1 < len(rows) and _goes_on(cells, rows[at + 1]) else ()
        said = _both([cell.strip() for cell in cells], [cell.strip() for cell in lower])
        columns = columns_of(said)
        if enough(said, columns):
            taken = {column for several in columns.values() for column in several}
            unread = {n: cell for n, cell in enumerate(said)
                      if cell and n not in taken and not NUMBERS.fullmatch(plain_of(cell))}
            return Heads(at, at + 1 + bool(lower), columns, unread, frozenset(
                one for cell in (*cells, *lower) if (one := cell.strip())), frozenset(
                n for n, cell in enumerate(said) if cell), aside_of(said, columns))
    return None


def _both(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return what two rows of heads say together (两层表头): the lower, but where it only parts what the upper names.

    >>> _both(["项目", "评分标准", "评分标准"], ["项目", "扣分", "加分"]), _both(["评分", "评分"], ["扣分标准", "得分"])
    (['项目', '评分标准', '评分标准'], ['扣分标准', '得分'])
    >>> _both(["科室考核细则"] * 4, ["内容", "分值", "得分", "原因"])
    ['内容', '分值', '得分', '原因']
    """
    said = [below or above for above, below in zip_longest(upper, lower[:len(upper)], fillvalue="")]
    for column in [n for n, above in enumerate(upper) if n == 0 or above != upper[n - 1]] if lower else ():
        span = _span(upper, column)
        if len(span) > 1 and columns_of(upper[column:column + 1]) and not columns_of([said[n] for n in span]):
            for n in span:
                said[n] = upper[column]
    return said


def aside_of(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> str:
    """Return the head by which a table stands beside the hundred points (分外表头), '' where its rows have headings.

    One that takes points as well stands beside them only where what it asks is called so.

    >>> aside_of(["序号", "否决事项"], {"name": (1,)}), aside_of(["项目", "加分标准"], {"heading": (0,)})
    ('否决事项', '')
    >>> aside_of(["考核内容", "扣分标准", "加分标准"], {"name": (0,), "how": (1,), "standard": (2,)})
    ''
    """
    asked = [cells[n] for n in columns.get("name") or columns.get("standard", ())]
    if "heading" in columns or any("扣" in cell for cell in cells) and not any(map(ASIDE.search, asked)):
        return ""
    return next((one for cell in cells if ASIDE.search(one := cell.strip())), "")


def columns_of(cells: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return what each column holds (各列所载); a head over several columns has them all, a heading only the first."""
    plain = [plain_of(cell) for cell in cells]
    own = {n: cell for n, cell in enumerate(plain) if 0 < len(cell) <= LONG and cell != (plain[n - 1] if n else "")}
    found: dict[str, int] = {}
    for what, known in HEADS.items():
        there = [n for n, cell in own.items() if cell in known and n not in found.values()]
        if there and what == "worth":  # of two worths that of the item stands beside it: 一级指标、权重、二级指标、分值
            item = next((found[one] for one in ("name", "standard", "heading") if one in found), 0)
            found[what] = min(there, key=lambda n: (known.index(own[n]), n < item, n))
        elif there:
            found[what] = there[0]
    for column in sorted(own.keys() - found.values()):
        if what := next((one for one, like in LIKE.items() if one not in found and re.search(like, own[column])), None):
            found[what] = column
    if "how" in found and "worth" in found and not {"heading", "name", "standard"} & found.keys():
        found["standard"] = found.pop("how")  # 考核内容及评分标准 says both
    spans = {what: tuple(_span(plain, column)) for what, column in found.items()}
    first, *rest = spans.get("heading", (0,))
    if rest:
        spans["heading"] = (first,)
        spans.setdefault("name", tuple(rest))
    return spans


def enough(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> bool:
    """Return whether heads are those of rules (是否考核表): what is asked, and what it is worth or takes."""
    told = [columns[one][0] for one in ("heading", "name", "standard") if one in columns]
    several = len(columns) > 1 or any(NUMBERS.fullmatch(plain_of(cell)) for cell in cells)
    return several and bool(told) and (
        bool({"worth", "how"} & columns.keys()) or any(ASIDE.search(plain_of(cells[n])) for n in told))


def headlike(cells: Sequence[str]) -> bool:
    """Return whether all that a row says could be heads (像表头): short, and no number among it.

    >>> headlike(["", "扣分标准", "得分"]), headlike(["1", "党课按时上", "10"]), headlike(["", ""])
    (True, False, False)
    """
    said = [plain_of(cell) for cell in cells if cell.strip()]
    return bool(said) and all(len(cell) <= LONG and not re.search(r"\d", cell) for cell in said)


def plain_of(cell: str) -> str:
    """Return a head without what is put beside it (表头文字): its unit in brackets, blanks, marks."""
    return re.sub(r"[（(].*?[)）]|\s|[*＊:：]", "", cell)


def _span(plain: Sequence[str], column: int) -> list[int]:
    found = [column]
    while found[-1] + 1 < len(plain) and plain[found[-1] + 1] == plain[column]:
        found.append(found[-1] + 1)
    return found


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Return whether a second row of heads stands below (两层表头): merged with the first, or below a head of several.

    >>> _goes_on(["项目", "评分", "评分"], ["", "扣分标准", "得分"]), _goes_on(["项目", "分值"], ["党建", "一票否决"])
    (True, False)
    >>> _goes_on(["被考核单位：", "被考核单位：", "考核时间：", "考核时间："], ["项目", "内容", "分值", "扣分标准"])
    False
    >>> _goes_on(["科室考核细则"] * 3, ["考核内容", "分值", "扣分标准"])
    False
    >>> _goes_on(["科室考核细则", "科室考核细则", "单位：", "单位："], ["考核内容", "分值", "扣分标准", "得分"])
    False
    """
    titled = len({one for cell in upper if (one := cell.strip())}) < 2  # a title over the table is no head of it
    if titled or not headlike(lower) or not headlike(upper) or not columns_of(upper):
        return False
    pairs = [(above.strip(), cell.strip()) for above, cell in zip(upper, lower, strict=False)]
    wide = [n for n in range(len(upper)) if upper[n].strip() and len(_span([cell.strip() for cell in upper], n)) > 1
            or n and upper[n].strip() and upper[n].strip() == upper[n - 1].strip()]
    below = [n for n, (_above, cell) in enumerate(pairs) if cell]
    parted = bool(below) and set(below) <= set(wide) and not enough(lower, columns_of(lower))
    return parted or any(above == cell for above, cell in pairs if cell)


__all__ = ["NUMBERS", "Heads", "aside_of", "columns_of", "enough", "headlike", "heads", "plain_of"]
