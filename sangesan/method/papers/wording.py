"""What each paper says (文书措辞): plain functions of a case, for the speaker, the unit in charge, or those above.

Statutory days stand as domain.md 1.2 has them; articles are cited by whoever issues, in 依据.
"""

from __future__ import annotations

from collections.abc import Callable

from .case import Case, Part, day_said, ended, h, p, paragraphs
from .table import OUTCOMES

DECLINED = {
    "elsewhere": "应当通过诉讼、仲裁、行政复议等法定途径，或者由其他有权处理的机关、单位解决",
    "not_ours": "不属于本单位职责范围",
    "concluded": "已经有处理结论，没有新的事实和理由",
    "unclear": "反映的事实不清楚，无法核实，也无法与您联系补充",
}
REVIEWED = {
    "uphold": "维持原处理意见", "change": "变更原处理意见，按以下意见办理",
    "redo": "撤销原处理意见，责令承办单位重新办理",
}


def composed(slug: str, case: Case) -> dict[str, object]:
    """Return title and parts of a paper (成文), without number, signature and addressee.

    >>> from datetime import date
    >>> made = composed("declined", Case("2026-K7Q4MX", date(2026, 11, 2), "来信", decline="not_ours",
    ...                                  told="请向社保中心咨询", asked={"request": "养老保险补缴"}))
    >>> made["title"], made["parts"][0]["text"]
    ('不予受理告知书', '您于2026年11月2日通过来信反映的“养老保险补缴”事项收悉。')
    """
    return {"title": "", "notes": []} | _WORDINGS[slug](case)


def _heard(case: Case) -> str:
    return f"您于{day_said(case.received)}通过{case.channel}反映的“{case.request}”事项收悉。"


def _road(case: Case) -> Part:
    return p("办理期间，您可以凭回执号查询进度、补充情况。您的身份和反映的内容，我们不告诉与办理无关的人。")


def accepted(case: Case) -> dict[str, object]:
    """受理告知书."""
    promised = f"，承诺于{day_said(case.due)}前答复您" if case.due else ""
    within = "十个工作日" if case.simple else "六十日"
    return {"title": "受理告知书", "parts": [
        p(_heard(case) + "经审查，属于本单位职责范围，决定予以受理。"),
        p(f"该事项由{case.lead}承办，自受理之日起{within}内办结{promised}。情况复杂需要{case.longer}的，将告知您理由和新的期限。"),
        _road(case),
    ]}


def forwarded(case: Case) -> dict[str, object]:
    """转送告知书."""
    promised = f"，承诺于{day_said(case.due)}前答复您" if case.due else ""
    return {"title": "转送告知书", "parts": [
        p(_heard(case) + f"经审查，该事项属于{case.lead}职责范围，已于{day_said(case.dispatched)}转送其办理。"),
        p(f"由{case.lead}按照规定程序和期限办理，并直接答复您{promised}。"), _road(case)]}


def declined(case: Case) -> dict[str, object]:
    """不予受理告知书."""
    return {"title": "不予受理告知书", "parts": [
        p(_heard(case)),
        p(f"经审查，该事项{DECLINED.get(case.decline, '不符合受理条件')}，决定不予受理。"),
        *([p("您可以这样解决：" + ended(case.told.strip()))] if case.told.strip() else []),
        p("如有新的事实和理由，可以再次反映。"),
    ]}


def assigned(case: Case) -> dict[str, object]:
    """交办函."""
    due = f"于{day_said(case.due)}前" if case.due else "在规定期限内"
    return {"title": "关于交办职工反映事项的函", "parts": [
        p(f"现将职工于{day_said(case.received)}通过{case.channel}反映的“{case.request}”事项（{case.grade}级）"
          "交你单位办理，请按以下要求落实。"),
        p(f"一、按职责调查核实，提出处理意见，{due}办结并答复反映人。"),
        p(f"二、不能按期办结的，在到期前申请{case.longer}，说明理由和新的期限。"),
        p("三、对反映人身份和反映内容保密，不得把材料转给被反映的单位和个人，不得追查、打听反映人。"),
        *([p("四、" + ended(case.remark.strip()))] if case.remark.strip() else []),
    ]}


def extended(case: Case) -> dict[str, object]:
    """延期告知书."""
    return {"title": "延期告知书", "parts": [
        p(_heard(case) + f"该事项由{case.lead}承办。"),
        p(f"因{case.extended_reason.strip().rstrip('。')}，不能在原定期限内办结。经批准，办理期限"
          f"延至{day_said(case.extended_to)}。"),
        _road(case),
    ]}


def opinion(case: Case) -> dict[str, object]:
    """处理意见书."""
    outcome = dict(OUTCOMES).get(case.asked.get("outcome", ""), "")
    return {"title": "处理意见书", "parts": [
        h("一、反映的请求"), p(_heard(case) + f"该事项由{case.lead}承办，现已办理完毕。"),
        h("二、查明的事实和理由"), *paragraphs(case.asked.get("grounds", "")),
        h("三、处理意见"), p(f"对您反映的事项，{outcome}。"), *paragraphs(case.answer),
        h("四、依据"), *paragraphs(case.asked.get("basis", "")),
        h("五、申请复查的权利"),
        p(_RIGHT.get(case.right) or
          f"如不服本意见，可以自收到之日起三十日内，向{case.above}申请复查；凭回执号在网上申请，或者书面申请均可。"
          "逾期不申请，以同一事实和理由再提出的，不再受理。"),
    ]}


_RIGHT = {
    "disputed": "对该事项的答复，您已经申请复查，按复查、复核程序办理。",
    "lapsed": "对该事项的答复申请复查的期限为三十日，现已届满。以同一事实和理由再提出的，不再受理。",
}
"""What an opinion says of the review where there is no right to it any more (复查权利已行使、已届满)."""


_AGAIN = {"disputed": "对该复查意见，您已经申请复核，按复核程序办理。",
          "lapsed": "对该复查意见申请复核的期限为三十日，现已届满，不再受理。"}
"""The same of the re-review (复核权利已行使、已届满)."""


def _paper(by: str, number: str) -> str:
    """Return in brackets by whom and under which number a paper was issued (所据文书), '' where none was here."""
    return f"（{by}{number}）" if number else ""


def _reviewed(case: Case, *, third: bool) -> dict[str, object]:
    what = "复核" if third else "复查"
    before = f"由{case.lead}办理并答复{_paper(case.opinion_by, case.opinion_number)}"
    if third:
        before += f"，{case.second_by}作出复查意见{_paper('', case.second_number)}" if case.second_by else ""
    disputed = "该复查意见" if third and case.second_by else "该答复"
    right = ("本意见为信访终结意见。以同一事实和理由再提出的，不再受理。" if third else _AGAIN.get(case.right)
             or f"如不服本意见，可以自收到之日起三十日内，向{case.above}申请复核。逾期不申请的，不再受理。")
    if case.review == "redo":
        right = "承办单位重新办理后，将向您出具新的处理意见；重新办理不得以同一事实和理由作出与原意见相同的意见。"
    return {"title": f"{what}意见书", "parts": [
        h(f"一、{what}请求"),
        p(f"您反映的“{case.request}”事项{before}。您不服{disputed}，"
          + (f"于{day_said(case.review_asked)}" if case.review_asked else "") + f"申请{what}。"),
        h("二、查明的事实和理由"), *paragraphs(case.asked.get("grounds", "")),
        h(f"三、{what}意见"), p(f"{REVIEWED.get(case.review, '')}。"), *paragraphs(case.review_text),
        h("四、依据"), *paragraphs(case.asked.get("basis", "")),
        h("五、后续权利" if not third else "五、程序终结"), p(right),
    ]}


def _left(case: Case) -> str:
    days = (case.due - case.today).days if case.due and case.today else 0
    if days < 0 or case.over:
        return f"，现已超过期限{-days}天" if days < 0 else "，现已超过期限"
    return f"，距到期还有{days}天" if days else "，今日到期"


def urged(case: Case) -> dict[str, object]:
    """催办通知书."""
    due = f"应于{day_said(case.due)}前办结并答复反映人{_left(case)}" if case.due else "尚未办结"
    return {"title": "催办通知书", "parts": [
        p(f"职工反映的“{case.request}”事项（{case.grade}级），已于{day_said(case.dispatched)}"
          f"交你单位办理，{due}。"),
        p(f"请抓紧办理，按期答复反映人；确需{case.longer}的，在到期前申请并说明理由。"),
    ]}


def supervised(case: Case) -> dict[str, object]:
    """督办通知书."""
    due = f"，期限为{day_said(case.due)}" if case.due else ""
    return {"title": "督办通知书", "parts": [
        p(f"职工反映的“{case.request}”事项（{case.grade}级），于{day_said(case.dispatched)}"
          f"交你单位办理{due}。经研究，决定对该事项督办。"),
        h("一、督办要求"), *paragraphs(case.wanted),
        h("二、报告"), p("请单位主要负责人亲自研究，自收到本通知之日起五个工作日内书面报告办理情况，办结后报告结果。"),
    ]}


def closed(case: Case) -> dict[str, object]:
    """办结报告."""
    rows = [["事项编号", case.number], ["反映时间", f"{day_said(case.received)}，{case.channel}"],
            ["类别、等级", f"{case.category}，{case.grade}级"], ["承办单位", case.lead],
            ["交办时间", day_said(case.dispatched)],
            ["答复时间", f"{day_said(case.answered)}，{'按期' if case.in_time else '超期'}"],
            ["评价", f"{case.rating or '未评价'}；问题解决情况：{case.solved or '未说明'}"],
            ["办结时间", day_said(case.closed)]]
    steps = [p(f"{day_said(day)}，{what.strip().rstrip('。')}。") for day, what in case.steps if what.strip()]
    return {"title": f"关于{case.request}事项的办结报告", "parts": [
        p(f"职工反映的“{case.request}”事项已经办结，现将情况报告如下。"),
        h("一、基本情况"), {"kind": "table", "head": [], "rows": rows, "widths": [1, 3]},
        h("二、办理经过"), *(steps or [p("按程序办理。")]),
        h("三、处理结果"), *paragraphs(case.answer),
    ]}


_WORDINGS: dict[str, Callable[[Case], dict[str, object]]] = {
    "accepted": accepted, "forwarded": forwarded, "declined": declined, "assigned": assigned, "extended": extended,
    "opinion": opinion, "second_review": lambda case: _reviewed(case, third=False),
    "third_review": lambda case: _reviewed(case, third=True), "urged": urged, "supervised": supervised,
    "closed": closed,
}
