"""Invitations (邀请): slips in the place of first passwords."""

import re
from datetime import timedelta
from time import perf_counter
from types import SimpleNamespace

import pytest
from django.test import Client

from sangesan.foundation import clock, pace
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method.authority import Role
from sangesan.organization.accounts import queries
from sangesan.organization.accounts.models import Account, Invitation, Request
from sangesan.organization.accounts.services import ask_reset, invitations, invite, invite_first
from sangesan.organization.accounts.services.visits import Visit
from sangesan.organization.notices.models import Notice
from tests.builders import person, post, small_mine
from tests.signing import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db
HERE = Visit("10.0.0.7")
NEW = "Mei-Kuang-2027"


@pytest.fixture
def mine():
    made = small_mine()
    made.persons["security"] = keeper = person("2001", "钱管理", made.units["QSL"])
    made.posts["security"] = post("security", "安全管理员", made.units["QSL"], Role.SECURITY_ADMIN, keeper)
    return made


@pytest.fixture
def keeper(mine):
    return mine.scope("security")


def test_a_slip_opens_the_account_once_and_signs_in(mine, keeper):
    [slip] = invite([mine.persons["chief"].pk], scope=keeper)
    client = Client()
    answer = client.get(f"/w/invitation/{slip.code}/")
    assert answer["Location"] == "/w/invitation/accept/" and slip.code not in answer["Location"]
    assert "张大力" in client.get("/w/invitation/accept/").content.decode()
    given = {"work_number": "1004", "password": NEW, "again": NEW}
    assert client.post("/w/invitation/accept/", given)["Location"] == "/w/"
    assert client.get("/w/accounts/me/").status_code == 200
    again = Client()
    again.get(f"/w/invitation/{slip.code}/")
    assert again.get("/w/invitation/accept/").status_code == 410
    noted = AuditEntry.objects.order_by("pk").values_list("event", flat=True)
    assert list(noted) == ["account.invited", "invitation.used"]


def test_used_old_replaced_and_invented_slips_are_refused_alike(mine, keeper, noon):
    chief = mine.persons["chief"].pk
    [replaced] = invite([chief], scope=keeper)
    [old] = invite([chief], scope=keeper)
    said = set()
    with pytest.raises(invitations.Unusable) as error:
        invitations.find(replaced.code, visit=HERE)
    said.add(str(error.value))
    with clock.at(noon + timedelta(days=15)), pytest.raises(invitations.Unusable) as error:
        invitations.find(old.code, visit=HERE)
    said.add(str(error.value))
    with pytest.raises(invitations.Unusable) as error:
        invitations.find("ABCD-EFGH-JKMN-PQRS", visit=HERE)
    said.add(str(error.value))
    assert len(said) == 1


def test_the_finder_of_a_slip_needs_the_number_and_five_guesses_spoil_it(mine, keeper):
    [slip] = invite([mine.persons["chief"].pk], scope=keeper)
    for guess in ("1005", "1006", "1007", "1008", "1009"):
        with pytest.raises(UserError):
            invitations.accept(slip.code, work_number=guess, password=NEW, visit=HERE)
    with pytest.raises(invitations.Unusable):
        invitations.accept(slip.code, work_number="1004", password=NEW, visit=HERE)


def test_only_a_digest_of_the_code_is_kept_and_the_slip_shows_neither_number_nor_password(mine):
    client = signed_in(mine.persons["security"])
    page = client.post("/w/accounts/slips/", {"person": [mine.persons["chief"].pk]}).content.decode()
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", page)[1]
    assert "张大力" in page and "<svg" in page and "1004" not in page.split('class="slips"')[1]
    assert code.replace("-", "") not in Invitation.objects.get().code


def test_weak_passwords_are_refused_with_the_reason(mine, keeper):
    [slip] = invite([mine.persons["chief"].pk], scope=keeper)
    for weak, why in (("short1A!", "10"), ("alllowercaseletters", "三种"), ("Abc-1004-xyz", "工号"),
                      ("Password123", "常见"), ("Aa1Aa1Aa1Aa1", "常见")):
        with pytest.raises(UserError, match=why):
            invitations.accept(slip.code, work_number="1004", password=weak, visit=HERE)
    assert invitations.accept(slip.code, work_number="1004", password=NEW, visit=HERE)


def test_a_second_invitation_leaves_the_present_password_alone_and_tells_its_owner(mine, keeper):
    chief = account(mine.persons["chief"])
    invite([mine.persons["chief"].pk], scope=keeper)
    chief.refresh_from_db()
    assert chief.check_password(PASSWORD)
    assert Notice.objects.get().kind == "account.invited"


def test_only_the_security_administrator_invites_and_only_holders_of_posts(mine):
    someone = person("3001", "无岗人", mine.units["ZC1"])
    for post_code, who in (("leader", "chief"), ("admin", "chief"), ("security", None)):
        target = mine.persons[who].pk if who else someone.pk
        with pytest.raises(NotFound):
            invite([target], scope=mine.scope(post_code))
    assert not Account.objects.exists()


def test_a_batch_for_a_unit_takes_everybody_below_who_has_no_account(mine, keeper):
    account(mine.persons["chief"])
    assert set(queries.uninvited(keeper, unit="ZC1")) == {mine.persons["correspondent"].pk}
    assert len(queries.uninvited(keeper, unit="QSL")) == len(mine.persons) - 1


def test_the_list_shows_where_everybody_stands(mine, keeper):
    account(mine.persons["chief"])
    invite([mine.persons["handler"].pk], scope=keeper)
    states = {row.person.work_number: row.state for row in queries.rows_for(keeper)}
    assert (states["1004"], states["1005"], states["1006"]) == ("active", "invited", "none")
    for state, number in (("active", "1004"), ("invited", "1005")):
        assert [r.person.work_number for r in queries.rows_for(keeper, state=state)] == [number]
    assert "1004" not in [r.person.work_number for r in queries.rows_for(keeper, state="none")]


def test_asking_for_a_new_invitation_answers_alike_and_is_listed_once(mine, keeper, monkeypatch):
    account(mine.persons["chief"])
    waited = []
    monkeypatch.setattr(pace, "time", SimpleNamespace(perf_counter=perf_counter, sleep=waited.append))
    pages = [Client().post("/w/reset/", {"work_number": n}).content for n in ("1004", "1004", "9999")]
    assert len({re.sub(rb'nonce="[^"]*"|csrf\w+" value="[^"]*"', b"", page) for page in pages}) == 1
    assert queries.open_requests(keeper) == 1
    assert len(waited) == 3, "each answer is held back alike, whether the number exists or not"
    invite([mine.persons["chief"].pk], scope=keeper)
    assert queries.open_requests(keeper) == 0


def test_a_flood_of_requests_stops_being_listed(mine):
    for n in range(30):
        account(person(f"4{n:03}", "某人", mine.units["ZC1"]))
        post(f"p{n}", "岗位", mine.units["ZC1"], Role.MEMBER, mine_person(n))
        ask_reset(work_number=f"4{n:03}", visit=HERE)
    assert Request.objects.count() == 20


def mine_person(n):
    from sangesan.organization.people.models import Person

    return Person.objects.get(work_number=f"4{n:03}")


def test_the_first_administrator_is_invited_only_while_nobody_has_a_password(mine):
    assert invite_first(mine.persons["security"]).code
    account(mine.persons["chief"])
    with pytest.raises(UserError):
        invite_first(mine.persons["security"])
