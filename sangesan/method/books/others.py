"""Sections of the integrity and the union handbook (廉洁效能、车间工会手册篇目)."""

from __future__ import annotations

from .section import CHIEF, DONE, DUTIES, HANDLED, MEET, MEETINGS, ORDERS, SECRETARY, UNION, Section

OTHERS: tuple[Section, ...] = (
    Section("integrity", "duties", "责任书与岗位", "一岗双责，逐级签订责任书。", "党风廉政建设责任制", "每年",
        "签订后自动列出。", SECRETARY, ("agreement.signed", "agreement.ended")),
    Section("integrity", "discipline", "办理纪律",
        "不泄露反映人，不打击报复；查实的按办法否决责任岗位。检举内容不入册。", "纪律处分规定", "随时",
        "由考核员登记，另一人复核。", "考核员", ("assessment.checked",), {"how": ("veto",)}),
    Section("integrity", "education", "廉洁教育", "廉洁教育和风险点检查按期完成。", "廉洁教育制度", "每季度",
        "按应办事项办理，办结时写明做了什么。", SECRETARY, DONE, {"reason": ("integrity",)}, 3,
        url="/w/duties/", next="去应办事项"),
    Section("integrity", "efficiency", "效能：时限与超期", "承诺的时限要守住，超期写明。", "效能建设制度", "随时",
        "按期答复，超期的说明原因；这里只列件数。", CHIEF, HANDLED, counted=True, url="/w/matters/", next="去事项"),
    Section("integrity", "duties_done", "应办事项完成", "应办事项按期办结，迟办、未办如实记。", "效能建设制度",
        "随时", "在应办事项里办结。", CHIEF, DUTIES, url="/w/duties/", next="去应办事项"),
    Section("integrity", "openness", "公开检查", "奖金、评先、补助先公示后办理。", "厂务公开制度", "每月",
        "同队务公开，一处登记，检查时与公开栏核对。", SECRETARY, ("openness.posted",), url="/w/openness/",
        next="去公开"),
    Section("integrity", "rectification", "自查与整改", "检查发现的问题一月内整改并报告。", "督察整改制度", "随时",
        "同支部手册，一处登记。", CHIEF, ORDERS, url="/w/findings/", next="去整改"),
    Section("union", "organisation", "组织与名册", "分会委员、职工代表的任职写明日期。", "工会法", "变动即记",
        "任职、离任在组织里办理或导入，这里自动列出。", UNION, posts="union", url="/w/organization/", next="去组织"),
    Section("union", "committee", "分会委员会", "研究会员关心的事，决定落到人和日期。", "工会制度", "每月",
        "同会议，一处登记。", UNION, ("meeting.held",), {"series": ("union",)}, 1, url=MEET, next=MEETINGS),
    Section("union", "openness", "队务公开", "考勤、工分、奖金分配按月公开。", "队务公开制度", "每月一次",
        "公开后登记。", UNION, ("openness.posted",), every=1, url="/w/openness/", next="去公开"),
    Section("union", "proposals", "职工事项与提案", "提案立案、承办、答复、评价；要求保密的替他保密。", "职代会条例",
        "随时", "在事项里办理；这里只列件数。", UNION, HANDLED, counted=True, url="/w/matters/", next="去事项"),
    Section("union", "protection", "劳动保护与群众监督", "发现隐患，写明整改期限和验收。", "劳动保护监督制度", "随时",
        "同整改，一处登记。", UNION, ("finding.made", *ORDERS), url="/w/findings/", next="去整改"),
    Section("union", "hardship", "困难帮扶", "帮扶因人知密：这里只列次数，姓名和原因只给经办人。", "困难职工帮扶制度",
        "随时", "由经办人在帮扶里登记。", UNION, ("care.given", "condolence.made"), counted=True,
        url="/w/talks/", next="去谈心帮扶"),
    Section("union", "study", "职业学习与职工之家", "学习日、技能竞赛、文体活动按期举办。", "职工之家制度", "每月",
        "同学习日，一处登记。", UNION, ("study.held",)),
    Section("union", "work", "班组建设与工会工作", "女职工、劳动竞赛、班组建设按制度开展。", "工会制度", "每月",
        "按应办事项办理。", UNION, DUTIES, {"line": ("union",)}, url="/w/duties/", next="去应办事项"),
    Section("union", "family", "计划生育服务", "按政策办理，只在单位启用这一领域时使用。", "计划生育条例", "随时",
        "由考核员登记，附凭据。", "考核员", ("assessment.checked",), {"indicator": ("family",)}, asked="family"),
)
