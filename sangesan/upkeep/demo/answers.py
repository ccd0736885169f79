"""Published answers of the demo mine (公开答复): what letters asked, put out as they are closed, each seen by two."""

from __future__ import annotations

from django.db import transaction

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.pulse import services
from sangesan.feedback.pulse.models import PublishedAnswer
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.authority import Role, Scope
from sangesan.method.lifecycle import State
from sangesan.organization.people.queries import holders, posts_with, scope_of

ANSWERS = (
    ("热水", "零点班升井以后浴室没有热水怎么办",
     "锅炉供汽改为全天，零点班升井前半小时由浴室值班员试水。哪天没有热水，打后勤科值班电话当班处理，也可以在信箱里写明时间和浴室。"),
    ("加班", "工资条上的加班工资怎么算",
     "平日延时按小时工资的百分之一百五十，休息日不能补休的按百分之二百，法定节假日按百分之三百。小时工资的基数写在工资条背面，看不懂可以到劳资科窗口当面核对。"),
    ("歇", "轮休被取消了怎么补",
     "临时取消轮休要由区队长签字并在一周内安排补休；一个月内补不上的，按规定计发加班工资。区队每月公示一次补休台账。"),
    ("没撤人", "发现隐患不敢停怎么办",
     "险情先打调度电话，任何人都有权停止作业、撤出人员。按规定停止作业的，不扣分、不扣奖金，由安监科备案。"),
    ("退休证", "退休证丢了怎么补",
     "打电话给离退休支部，约好日子上门代办，不用本人跑；本人能来的，带身份证到劳资科社保窗口登记。补办期间不影响领养老金。"),
    ("考证", "想考证，区队凑不够人不开班怎么办",
     "报名不再由区队凑班，改为培训科全矿统筹，每年三月和九月各报一次，名单在班前会和公开栏同时公布。因为上班没看到通知而错过的，可以在五日内补报。"),
    ("奖", "奖金二次分配在哪里看",
     "每个班组都要在发放前公示三天，公示表由职工代表签字。没有公示就发的，可以向工会民主管理信箱反映，先补公示再发放。"),
    ("口罩", "防尘口罩不够用怎么领",
     "滤棉每班一换，凭旧换新不限次数，不用写申请。班组材料员那里没有的，直接到供应科仓库登记领取。"),
)
"""What was asked and is answered for all (公开的答复): a word of the letters that asked it, question, answer."""


def publish() -> int:
    """Put out what a closed matter has asked and nobody answered for all yet (补公开答复); returns how many."""
    out = set(PublishedAnswer.objects.values_list("question", flat=True))
    wanting = [row for row in ANSWERS if row[1] not in out]
    drafter, second = (_holder(Role.TRIAGE), _holder(Role.CADRE)) if wanting else (None, None)
    return sum(_one(drafter, second, *row) for row in wanting) if drafter and second else 0


def _one(drafter: Scope, second: Scope, word: str, question: str, answer: str) -> int:
    rows = Matter.objects.filter(title__contains=word, state=State.CLOSED.value, history=False)
    for matter in rows.exclude(category__in=("conduct", "other")).order_by("closed_at", "pk")[:5]:
        try:
            with transaction.atomic():
                one = services.draft(scope=drafter, number=matter.number, question=question, answer=answer)
                services.publish(scope=second, pk=one.pk)
            return 1
        except UserError:
            continue
    return 0


def _holder(role: Role) -> Scope | None:
    day = clock.today()
    found = [person for post in posts_with([role], day) for person in holders(post.pk, day)]
    return scope_of(found[0], day) if found else None
