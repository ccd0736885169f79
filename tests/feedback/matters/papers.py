"""How far a matter must have gone for each paper (文书所需的办理): all through the services."""

from __future__ import annotations

from datetime import timedelta

from sangesan.feedback.matters import services
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.organization.documents import services as documents
from tests.builders import heard, hire, person, post
from tests.feedback.matters.roads import answered, dispatched, handled

REQUEST = "夜班食堂没有热饭"
GROUNDS = ("经查，夜班食堂自10月起只供应馒头和咸菜，保温柜损坏后没有及时修理，情况属实。"
           "\n夜班用餐约120人，需要恢复热饭供应。")
BASIS = "《青石岭矿职工食堂管理办法》第八条"
ASKED = {
    "accepted": {}, "forwarded": {}, "declined": {}, "assigned": {}, "extended": {}, "urged": {}, "supervised": {},
    "opinion": {"grounds": GROUNDS, "outcome": "support", "basis": BASIS},
    "second_review": {"grounds": GROUNDS, "basis": BASIS}, "third_review": {"grounds": GROUNDS, "basis": BASIS},
    "closed": {"to": "青石岭矿党委"},
}


def issuer(mine, letters: str = "青矿信", name: str = "青石岭矿信访办公室"):
    """Name who issues (发文机关)."""
    return documents.name_issuer(scope=mine.scope("triage"), name=name, letters=letters,
                                 contact="信访办公室，内线 6110")


def ready(mine, slug: str, **parts):
    """Bring a matter to where the paper makes sense; returns what its speaker holds."""
    if slug == "declined":
        said = heard(unit="ZC1", **parts)
        services.decline(scope=mine.scope("triage"), number=said.number, reason="not_ours",
                         told="养老保险关系由社会保险经办机构办理，请携带身份证到市社保中心咨询。")
        return said
    if slug == "third_review":
        return _reviewed_twice(mine, **parts)
    said = {"accepted": dispatched, "forwarded": dispatched, "assigned": dispatched, "extended": handled,
            "urged": handled, "supervised": handled}.get(slug, answered)(mine, **parts)
    at = {"scope": mine.scope("triage"), "number": said.number}
    if slug == "extended":
        services.extend(scope=mine.scope("handler"), number=said.number, days=5, reason="保温柜配件需要厂家发货")
        services.grant(scope=mine.scope("logistics"), number=said.number)
    if slug == "supervised":
        services.supervise(**at, trigger="other", text="三日内恢复夜班热饭供应，查清保温柜损坏后无人报修的原因。")
    if slug == "second_review":
        services.review(code=said.receipt, text="只修了一个柜子")
        services.uphold(scope=mine.scope("leader"), number=said.number, text="保温柜已修复两台，供应正常，原答复适当。")
    if slug == "closed":
        services.rate(code=said.receipt, rating="satisfied", solved="yes")
        services.close(scope=mine.scope("cadre"), number=said.number)
        services.close(**at)
    return said


def _reviewed_twice(mine, between=lambda said, slug: None, **parts):
    """Answered by the team, reviewed by the specialty above it, re-reviewed by the mine above that.

    `between` is called where the paper of the step before may be issued.
    """
    said = heard(unit="ZC1", **parts)
    triage, chief = mine.scope("triage"), mine.scope("chief")
    services.grade(scope=triage, number=said.number, urgency=2, importance=2)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["ZC1"].pk)
    services.sign_in(scope=chief, number=said.number)
    services.draft(scope=chief, number=said.number, text="办好了")
    services.approve(scope=mine.scope("secretary"), number=said.number)
    specialty = mine.scope("specialty") if "specialty" in mine.posts else hire(
        mine, "specialty", "采煤专业总工", "CM", Role.CHIEF, "2002")
    between(said, "opinion")
    services.review(code=said.receipt, text="只修了一个柜子")
    services.uphold(scope=specialty, number=said.number, text="保温柜已修复两台，供应正常，原答复适当。")
    between(said, "second_review")
    services.review(code=said.receipt, text="还是不服")
    services.uphold(scope=other_leader(mine), number=said.number, text="复查程序合法，结论适当。")
    return said


def other_leader(mine):
    """A leader who had no part in it (未参与的领导)."""
    if "other" not in mine.persons:
        mine.persons["other"] = person("2001", "何书记", mine.units["QSL"])
        post("other", "党委书记", mine.units["QSL"], Role.LEADER, mine.persons["other"])
    return mine.scope("other")


def issued(mine, slug: str, scope=None, sender=None, **parts):
    """Issue a paper of that kind about a fresh matter; returns the speaker's receipt and the document."""
    said = ready(mine, slug, **parts)
    sender = sender or issuer(mine)
    made = issue_paper(scope=scope or mine.scope("triage"), number=said.number, paper=slug, issuer=sender.pk,
                                request=REQUEST, **ASKED[slug])
    return said, made


def later(**delta):
    """A moment after now (过后)."""
    return clock.at(clock.now() + timedelta(**delta))
