"""Players (演员): who holds which post, and what each of them does at a step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from sangesan.feedback.intake import services as intake
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.speakers.codes import issue
from sangesan.feedback.speakers.services import find
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import scope_of

from . import box, channels
from .cast import DAY, holder, unit
from .paperwork import with_papers
from .stories import REGISTERED, Story
from .texts import CALL_BACK, FIRST, PLANS, PROGRESS, RETURNS
from .units import BRANCHES_OF_OFFICES, OFFICES, SHARED, WORK

OFFICE_BRANCH = {code: f"DW-JG{n}" for n, codes in enumerate(BRANCHES_OF_OFFICES.values(), 1) for code in codes}
OFFICE_CODES = {code for code, *_ in OFFICES}


def key(story: Story) -> str:
    """Return the request key of a story (提交口令): so its receipt is known without a table."""
    return sha256(f"demo {story.key}".encode()).hexdigest()


def code(story: Story) -> str:
    """Return the receipt of a story (回执号)."""
    return issue(key(story))


def heard(story: Story) -> bool:
    """Return whether a story was told at all (已说出): a user who was faster at its channel may have shut it out."""
    return find(code(story)) is not None


def matter(story: Story) -> Matter:
    """Return a story's matter (事项), as its speaker is answered; raises DoesNotExist where it was never told."""
    if (found := queries.heard(code(story))) is None:
        raise Matter.DoesNotExist(story.key)
    return found.matter


def number(story: Story) -> str:
    """Return the number of a story's matter (事项编号); raises DoesNotExist where it was never told."""
    return Submission.objects.values_list("matter__number", flat=True).get(receipt=find(code(story)))


def chief(story: Story) -> Scope:
    """Whoever approves where it is handled (审核人)."""
    return holder(f"{story.lead}-KZ" if story.lead in OFFICE_CODES else f"{story.lead}-DZ")


def handler(story: Story) -> Scope:
    """Whoever handles it (承办人)."""
    return holder(f"{story.lead}-CB")


def secretary(story: Story) -> Scope:
    """The branch secretary over the unit in charge (党支部书记)."""
    lead = SHARED.get(story.lead, story.lead)
    return holder(f"{OFFICE_BRANCH.get(lead, f'DW-{lead}')}-SJ")


def arrive(story: Story) -> None:
    """Somebody speaks (诉说): on the public page, to a correspondent, or to an office that registers it."""
    words = story.words
    said = {"text": story.text, "title": story.title, "unit": story.unit, "category": words.category,
            "kind": "appeal" if words.kind == "accusation" else words.kind,
            "urgency_hint": words.urgency, "affected": story.chance("affected").choice((0, 1, 3, 6, 12)),
            "danger": story.danger, "key": key(story), "mode": story.mode}
    if story.mode != "anonymous":
        said |= {"name": "王工" if story.words.who != "family" else "家属", "contact": f"内线 {6000 + len(story.text)}"}
    if story.channel == "correspondent":
        said |= {"mode": "confidential"}
        said.pop("name", None), said.pop("contact", None)
        intake.report(scope=reporter(story.unit), **said)
    elif story.channel == "box":
        channels.open_box(story, said)
    elif story.channel == "reception_day" and channels.hear(story, said):
        return
    elif story.channel in REGISTERED:
        intake.register(scope=holder("GHB-GB" if story.channel == "union" else "DWB-GS"), channel=entered_as(story),
                        extra=own(story), **said)
    else:
        intake.submit(channel=story.channel, **said)


def entered_as(story: Story) -> str:
    """Return the channel an office enters it under (登记渠道): who comes on another day is a visitor."""
    return "visit" if story.channel == "reception_day" else story.channel


def own(story: Story) -> dict[str, object]:
    """Return what only its channel asks for (专有登记项)."""
    day, chance = story.moment.date(), story.chance("own")
    if story.channel == "upper":
        return {"sender": chance.choice(UPPER), "document": f"转字〔{day.year}〕{chance.randint(11, 88)} 号",
                "deadline": day + timedelta(days=15), "received_by": "信访办"}
    if story.channel == "letter":
        return {"dated": day - timedelta(days=chance.randint(1, 5))}
    if story.channel == "proposal":
        return {"session": "十二届四次", "seconders": chance.randint(2, 9)}
    return {"heads": chance.choice((2, 6)), "representatives": 2} if entered_as(story) == "visit" else {}


def reporter(code: str) -> Scope:
    """The correspondent of the first crew that has one (信息员), else the unit's own officer."""
    post = Post.objects.filter(code__startswith=f"{code}-", code__endswith="-XX").order_by("code").first()
    return holder(post.code if post else f"{code}-CB")


def office(story: Story) -> Scope:
    """Whoever triages it (分办人): the union reads its own mailbox first."""
    return holder("GHB-GB" if story.channel == "union" and not story.danger else "XFB-FB")


def grade(story: Story) -> None:
    services.grade(scope=office(story), number=number(story), urgency=story.words.urgency,
                   importance=story.words.importance)


def dispatch(story: Story) -> None:
    about = [unit(story.unit)] if story.words.category in ("conduct", "hours") and WORK[story.unit] != "office" else []
    if about and story.lead != story.unit:
        services.concern(scope=office(story), number=number(story), units=about)
    services.dispatch(scope=office(story), number=number(story), lead=unit(story.lead),
                      supporting=[unit(story.support)] if story.support else [],
                      only_mentioned=story.lead == story.unit)


def merge(story: Story) -> None:
    """Join it to the newest open matter of the same category, or else go on alone (并案)."""
    page = queries.page(office(story), queries.Filters(category=story.words.category, state="open"), limit=20)
    mine = number(story)
    others = [other.number for other in page.rows if other.number != mine and not other.provisional]
    if others:
        services.merge(scope=office(story), number=mine, into=others[0])


def rate(rating: str, solved: str) -> Callable[[Story], None]:
    """Return the step of a speaker who rates (评价)."""
    def step(story: Story) -> None:
        services.rate(code=code(story), rating=rating, solved=solved)
    return step


def said(service: Callable, who: Callable[[Story], Scope], field: str = "text", pool: tuple[str, ...] = (),
         **more) -> Callable[[Story], None]:
    """Return a step that says something (带文字的一步), its words picked for the story."""
    def step(story: Story) -> None:
        words = story.chance(field + pool[0][:4]).choice(pool) if pool else story.answer
        service(scope=who(story), number=number(story), **{field: words}, **more)
    return step


def plain(service: Callable, who: Callable[[Story], Scope]) -> Callable[[Story], None]:
    """Return a step without words (不带文字的一步)."""
    return lambda story: service(scope=who(story), number=number(story))


def caller(story: Story) -> Scope:
    """Whoever calls back (回访人): the union on what is its own, else the office."""
    union = holder("GHB-GB")
    own = queries.visible(union).filter(number=number(story)).exists()
    return union if own else holder("XFB-FB")


def closer(story: Story) -> Scope:
    """Whoever closes it (办结人): a leader for A, the branch secretary else, the office for its own."""
    if story.grade == "A":
        return holder("QSL-SJ")
    return secretary(story) if story.lead not in OFFICE_CODES else holder("DWB-GS")


def close(story: Story) -> None:
    """Close it as what it has become (办结): a late one has been raised to a graver grade meanwhile."""
    mine = matter(story)
    if mine.grade == "B":  # two persons, the branch's and the office's
        services.close(scope=secretary(story), number=mine.number)
    who = {"A": "QSL-SJ", "B": "DWB-GS"}.get(mine.grade)
    services.close(scope=holder(who) if who else closer(story), number=mine.number)


def _post(post: str) -> Callable[[Story], Scope]:
    return lambda story: holder(post)


UPPER = ("集团公司信访办", "市信访局", "集团公司工会")
def reviewer(story: Story) -> Scope:
    """Whoever reviews it (复查人): one level above, with no part in it."""
    found = queries.reviewers(matter(story))
    return scope_of(min(found), DAY) if found else holder("QSL-SJ")


def take_on(story: Story) -> None:
    """A leader takes it on (包案)."""
    day = clock.today()
    services.take_on(scope=holder("XFB-FB"), number=number(story), leader=Post.objects.get(code="QSL-SJ").pk,
                     unit=unit(story.lead), hands="承办人与区队书记", until=day + timedelta(days=60),
                     task="每周见面一次，月底前拿出办法并公示。", duty="没有按期化解的，由包案领导在例会上说明。")


NOT_CONTENT = ("答复没有说清楚为什么，请上一级再看看。", "只说已处理，现场还是老样子，请复查。")
UPHELD = ("经查阅记录并到现场核对，原答复属实，予以维持。不服的可在三十日内申请复核。",)
REDONE = ("原答复没有听取本人意见，也没有到现场，责令重新核实后再答复。",)
WRITTEN_BACK = ("已到现场盯着办，材料明天到，后天完工，完工后请反映人验看。",)
LED = ("已同反映人见面一次，谈了两个办法，本周五前定下来。",)
TURNED_DOWN = ("此事须由法院裁判，不属本矿受理范围。您可持工资条到区人民法院立案庭，或先打 12348 咨询。",)
LONGER = ("备件在途，厂家答复下周到货。", "涉及两个单位，需联合核实。")
NOT_DONE = ("回访发现没有真正办到位，请重新办理。",)
STEPS: dict[str, Callable[[Story], None]] = with_papers({
    "arrive": arrive, "grade": grade, "dispatch": dispatch, "merge": merge, "close": close,
    "confirm": plain(services.confirm, _post("DDS-ZB")),
    "accuse": plain(services.accuse, office), "take_up": lambda story: box.take_up(holder("JWB-JC"), code(story)),
    "decline": said(services.decline, office, "told", TURNED_DOWN, reason="not_ours"),
    "withdraw": lambda story: services.withdraw(code=code(story)),
    "sign_in": plain(services.sign_in, handler),
    "return": said(services.return_, handler, "reason", RETURNS),
    "rule": said(services.rule, _post("XFB-FB"), "reason", ("经与两家核对，仍由原单位主办，信访办协调。",)),
    "first_answer": said(services.first_answer, handler, "text", FIRST),
    "plan": said(services.plan, handler, "text", PLANS),
    "note": said(services.note, handler, "text", PROGRESS), "draft": said(services.draft, handler),
    "approve": plain(services.approve, chief),
    "reject": said(services.reject, chief, "remark", ("请写明谁负责、哪天办完，再报我看。",)),
    "extend": said(services.extend, handler, "reason", LONGER, days=4),
    "grant": plain(services.grant, chief),
    "ask_pause": said(services.ask_pause, handler, "reason", ("要等上级公司批复，批下来马上接着办。",)),
    "pause": plain(services.pause, chief), "write_back": said(services.write_back, handler, "text", WRITTEN_BACK),
    "take_on": take_on, "case_note": said(services.case_note, handler, "text", LED),
    "review": lambda story: services.review(code=code(story), text=story.chance("review").choice(NOT_CONTENT)),
    "uphold": said(services.uphold, reviewer, "text", UPHELD),
    "redo": said(services.redo, reviewer, "text", REDONE),
    "supervise": said(services.supervise, _post("QSL-SJ"), "text", ("超期未办结，两日内报结果，党委工作部跟踪。",)),
    "call_back": said(services.call_back, caller, "text", CALL_BACK, reached=True),
    "reopen": said(services.reopen, _post("XFB-FB"), "text", NOT_DONE, reason="false_closing"),
    "rate_satisfied": rate("satisfied", "yes"), "rate_basic": rate("basic", "yes"),
    "rate_dissatisfied": rate("dissatisfied", "no"),
}, lambda: holder("XFB-FB"), number)
