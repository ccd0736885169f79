"""Sections of the branch handbook (党支部工作手册篇目), after the contents of real handbooks."""

from __future__ import annotations

from .section import CHIEF, DONE, DUTIES, HANDLED, MEET, MEETINGS, ORDERS, SECRETARY, WORK, Section


def _life(slug: str, word: str, series: str, rule: str, frequency: str, steps: str, every: int = 0) -> Section:
    return Section("branch", slug, word, rule, WORK, frequency, steps, SECRETARY, ("meeting.held",),
                   {"series": (series,)}, every, url=MEET, next=MEETINGS)


def _yearly(slug: str, word: str, routine: str, rule: str, steps: str) -> Section:
    """Return a section of what is due once in a year (每年一次的组织生活), read where its routine is carried out."""
    return Section("branch", slug, word, rule, WORK, "每年至少一次", steps, SECRETARY, DONE,
                   {"rule": {"version_of": routine}}, 12, url="/w/duties/", next="去应办事项")


BRANCH: tuple[Section, ...] = (
    Section("branch", "duties", "支部职责与岗位", "支部设书记、委员、党小组长，各有职责；换届、调整写明日期。", WORK,
        "变动即记", "任职、离任在组织里办理或导入，这里自动列出。", SECRETARY, posts="party",
        url="/w/organization/", next="去组织"),
    _life("assembly", "支部党员大会", "assembly", "支部党员大会每季度至少召开一次，表决须有半数以上党员到会。",
        "每季度至少一次", "会前通知议题，会上记结论和决定，结束后成为纪要。", 3),
    _life("organisation_life", "支部委员会", "committee", "支部委员会每月至少召开一次。", "每月至少一次",
        "议题由到期和超期的事项预填，决定落到岗位和日期。", 1),
    _life("group", "党小组会", "group", "党小组会每月至少召开一次。", "每月至少一次", "党小组长召集，只记结论。", 1),
    _life("lecture", "党课", "lecture", "定期上党课，书记每年至少讲一次。", "每季度一次", "写明主讲人和题目。", 3),
    _life("party_day", "主题党日", "party_day", "每月固定一天开展主题党日。", "每月固定一天", "写明主题和到会情况。",
        1),
    _yearly("life", "组织生活会", "DY-ZZ", "党支部每年至少召开一次组织生活会，一般安排在第四季度。",
            "会前学习谈心，会上查问题、提意见，办结时写明定下的整改。"),
    _yearly("review", "民主评议党员", "DY-PY", "党支部一般每年开展一次民主评议党员，可以结合组织生活会进行。",
            "个人自评、党员互评、民主测评、组织评定，结果反馈本人；办结时只写参评人数和结论。"),
    _yearly("talks", "谈心谈话", "DY-TX", "支委之间、支委和党员之间、党员之间每年谈心谈话一般不少于一次。",
            "只记谈过和要帮的事，不记看法。"),
    Section("branch", "meetings", "例会决定落实", "例会决定要有责任岗位和完成日期，下次会上报告结果。",
        "政工例会制度", "每次例会", "决定自动成为应办事项，到期在下次会上回看。", SECRETARY, DUTIES,
        {"reason": ("decision",)}, url="/w/duties/", next="去应办事项"),
    Section("branch", "analysis", "思想状况分析", "每月研究一次职工思想状况，只分析事和话题，不分析人。",
        "思想分析制度", "每月一次", "分析稿由台账起草，书记写原因和建议，会上研究后定稿。", SECRETARY,
        ("analysis.finished", "meeting.held"), {"series": ("analysis",)}, 1, url="/w/analyses/", next="去月分析"),
    Section("branch", "quarter", "季度座谈", "每季度听一次各类职工的意见，每条都要有答复。", "季度座谈制度",
        "每季度一次", "座谈提出的每一条都办、都答复；只记人数，不记名字。", SECRETARY,
        ("discussion.held", "meeting.held"), {"series": ("quarter",)}, 3, url="/w/discussions/", next="去座谈"),
    Section("branch", "contact", "联系点", "机关与基层每月固定联系，有联系、有登记、有上报、有落实、有反馈。",
        "联系点制度", "每月一次", "联系日事先公布，当面听，五步逐一登记。", SECRETARY,
        ("visit.made", "visit.registered", "visit.reported", "visit.settled", "visit.fed_back"), every=1,
        url="/w/contacts/", next="去联系点"),
    Section("branch", "answers", "职工事项办理", "职工反映的事项按时限答复，办结前先回访。", "信访工作条例", "随时",
        "在事项里签收、办理、答复；这里只列件数。", SECRETARY, HANDLED, counted=True, url="/w/matters/",
        next="去事项"),
    Section("branch", "rectification", "督察与整改", "督察发现的问题限期整改，由发现人或指定的人验收。",
        "督察整改制度", "随时", "收到整改通知，办完报结果，等验收。", CHIEF, ORDERS, url="/w/findings/",
        next="去整改"),
    Section("branch", "study", "学习日", "党团活动日、业务学习日、安全活动日在工作时间举办。", "学习制度", "每周",
        "主持人记学习内容和到会人数。", SECRETARY, ("study.held",)),
    Section("branch", "youth", "团青工作", "团支部按期开展活动。", "共青团工作制度", "每月", "按应办事项办理。",
        "团支部书记", (*DUTIES, "meeting.held"), {"line": ("youth",)}, url="/w/duties/", next="去应办事项"),
    Section("branch", "pioneer", "创先争优", "表彰、经验推广以文件为凭。", "创先争优制度", "随时",
        "由考核员登记，附文件。", "考核员", ("assessment.checked",), {"indicator": ("pioneer",)}),
    Section("branch", "order", "治安稳定", "属单位责任的治安案件据处理决定登记。", "综合治理制度", "随时",
        "由考核员登记。", "考核员", ("assessment.checked",), {"indicator": ("order",)}),
    Section("branch", "results", "考核结果", "每月公布考核结果，三个工作日内可以提出异议。", "考核办法", "每月",
        "核对清单，有错提异议。", SECRETARY, ("objection.filed", "objection.decided"), url="/w/results/",
        next="去考核结果"),
)
