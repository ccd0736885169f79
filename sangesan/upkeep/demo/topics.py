"""Topics of the demo mine's study network (示范矿的研讨课题): one concluded and passed on, one still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sangesan.feedback.research import services
from sangesan.feedback.research.models import Topic
from sangesan.foundation import clock
from sangesan.organization.networks.models import Network, Node, Passing
from sangesan.organization.networks.services import pass_on, take_up

from .cast import holder
from .work import Act, at

ASKING = "DWB-GS"
FOR = timedelta(days=14)


@dataclass(frozen=True)
class Study:
    """A topic as the committee puts it up (课题): who is asked, what they see, what came of it."""

    title: str
    question: str
    asked: tuple[str, ...]
    crews: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    conclusion: str = ""


HEAT = Study(
    "零点班升井为什么常吃不上热饭",
    "近两个月零点班反映夜餐的有十多件。请弄清：几点升井、几点开饭、隔了多久、保温怎么做；说情况和数字，提一两条能办的。",
    ("DW-ZC1-SJ", "DW-ZJ2-SJ", "DW-JY1-SJ", "HQK-KZ"), ("DW-ZC1",),
    (("HQK-KZ", "夜餐零点十分装箱，送到井口要四十分钟。保温箱有六只的胶条老化，四十分钟后只有三十八度。"),
     ("DW-ZC1-SJ", "零点班升井多在一点二十以后，换衣洗澡再到食堂已近两点，食堂两点收餐。连看三天，赶上的不到一半。"),
     ("DW-ZJ2-SJ", "掘进队升井比采煤晚二十分钟，问题一样。工友说不求花样，面条热汤就行。"),
     ("DW-JY1-SJ", "运输队是分批升井，最后一批总是没有。建议按升井名单留餐，不按人头一次装完。")),
    "问题在时间对不上，不在食堂不愿做：装箱早了七十分钟，收餐早了一小时。"
    "办法：收餐延到凌晨三点；夜餐分两次装箱，第二次按升井名单；六只保温箱更换胶条。"
    "后勤科两周内办，各支部在班前会告诉职工，一个月后再看三天的数。")
LEARN = Study(
    "新职工的师带徒为什么带不满三个月",
    "今年签的师徒合同有近三成没有带满。请弄清在哪一步断的：倒班错开、调队、还是没有时间教；研究做法，不评师傅也不评徒弟。",
    ("DW-ZC1-SJ", "DW-ZJ2-SJ", "DW-JY1-SJ", "PXK-KZ"), ("DW-ZJ2",),
    (("PXK-KZ", "断在第二个月的最多，原因里倒班错开占六成，调队占两成。合同里没有写倒班以后由谁接着带。"),
     ("DW-ZJ2-SJ", "本队让班长兼第二师傅，倒班错开时由他接，今年八对带满七对。")))


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield the topics (场次): put up, said to, concluded, passed on and taken."""
    for study, begins in ((HEAT, since + timedelta(days=34)), (LEARN, until - timedelta(days=8))):
        if begins < since or begins >= until:
            continue
        yield Act(at(begins, 10, 20), f"topic {study.title}", partial(ask, study, begins))
        for n, (post, words) in enumerate(study.said):
            yield Act(at(begins + timedelta(days=2 + n), 15, 10), f"topic said {post}",
                      partial(say, study.title, post, words))
        if study.conclusion:
            ends = begins + FOR
            yield Act(at(ends, 16), f"topic ends {study.title}", partial(end, study))
            yield Act(at(ends + timedelta(days=1), 9), "topic passed", partial(hand_on, study.title))
            yield Act(at(ends + timedelta(days=1), 14), "topic taken", take)


def ask(study: Study, day: date) -> None:
    """The Party work department puts a topic up (出题)."""
    nodes = Node.objects.filter(network__slug="study", post__code__in=study.asked, until=None)
    services.put_up(scope=holder(ASKING), title=study.title, question=study.question, due_on=day + FOR,
                    nodes=[node.pk for node in nodes], branches=list(study.crews))


def say(title: str, post: str, words: str) -> None:
    services.contribute(scope=holder(post), number=Topic.objects.get(title=title).number, text=words)


def end(study: Study) -> None:
    services.conclude(scope=holder(ASKING), number=Topic.objects.get(title=study.title).number, text=study.conclusion)


def hand_on(title: str) -> None:
    """The conclusion goes to the publicity network (转送宣传网络), so that the crews hear of it."""
    network = Network.objects.get(slug="publicity")
    node = Node.objects.filter(network=network, post__code="DW-ZC1-SJ", until=None).first()
    if node is not None:
        pass_on(scope=holder(ASKING), subject=Topic.objects.get(title=title).subject, source="study",
                target=network.slug, node=node.pk)


def take() -> None:
    """Whoever got it says so (接到)."""
    for found in Passing.objects.filter(taken_at=None, subject__startswith="topics/", at__lte=clock.now()):
        take_up(scope=holder(found.node.post.code), passing=found.pk)
