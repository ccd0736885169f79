"""The shipped rules (自带办法): 日结果 第1版, three indicators on what became of matters.

Data, not code: an enterprise writes its own version beside it. Weights and what counts follow
the chapter: not how many matters there were, but whether they were answered in time and truly
solved. A lateness costs once: on the day its clock ran out, or on the day of the late answer.
"""

FIELDS = [
    ("safety", "安全生产", True), ("harmony", "和谐创建", True), ("order", "治安稳定", True),
    ("building", "党建基础", True), ("openness", "民主公开", True), ("integrity", "廉洁效能", True),
    ("family", "计划生育", False),
]
"""Fields of assessment (考核领域): code, name, whether it is on; an enterprise switches them."""

LATE = {"kind": "matter.overdue", "where": {"clock": "due"}}
LATE_FIRST = {"kind": "matter.overdue", "where": {"clock": "first_answer"}}
NEW_ROUND = "matter.reopened"

DAILY_1 = {
    "code": "daily",
    "version": 1,
    "name": "日结果",
    "since": "2020-01-01",
    "indicators": [
        {
            "code": "answered_in_time", "name": "按期答复", "weight": 4_000,
            "standard": "当期答复的事项中按期的比例；超期的在到期当日计一次，迟到的答复不再重复计。",
            "tallies": [
                {"kind": "matter.answered", "good": True, "where": {"in_time": 1}},
                {"kind": "matter.answered", "where": {"in_time": 0}, "unless": LATE, "round": NEW_ROUND},
                LATE,
            ],
        },
        {
            "code": "truly_solved", "name": "解决属实", "weight": 4_000,
            "standard": "当期办结与重新办理的事项中，办结的比例；不满意重办、未解决重办、虚假办结计为失分。",
            "tallies": [
                {"kind": "matter.closed", "good": True},
                {"kind": "matter.reopened",
                 "where": {"reason": ["dissatisfied", "not_solved", "false_closing"]}},
            ],
        },
        {
            "code": "first_answer_in_time", "name": "首次答复及时", "weight": 2_000,
            "standard": "当期首次答复中及时的比例；超过首次答复时限的在到期当日计一次。",
            "tallies": [
                {"kind": "matter.first_answered", "good": True, "where": {"in_time": 1}},
                {"kind": "matter.first_answered", "where": {"in_time": 0}, "unless": LATE_FIRST, "round": NEW_ROUND},
                LATE_FIRST,
            ],
        },
    ],
    "links": [{"kind": "", "mode": "blend", "share": 3_000}],
}
