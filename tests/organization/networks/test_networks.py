"""Networks (联络网): nodes, what is not covered, the monitoring points."""

from datetime import date, timedelta

import pytest

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Fact
from sangesan.method.networks import NETWORKS, Cover, Standing
from sangesan.organization.networks import queries, services
from sangesan.organization.networks.models import Network, Node
from sangesan.organization.people.models import Appointment
from tests.builders import small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
TODAY = date(2026, 11, 24)


@pytest.fixture
def mine():
    return small_mine()


def join(mine, network="petition", unit="ZC1J", post="correspondent", by="secretary", **parts):
    said = {"chosen": "elected", "chosen_on": TODAY, "posted_on": TODAY, "term_ends": None} | parts
    return services.join(scope=mine.scope(by), network=network, unit=unit, post=mine.posts[post], **said)


def missing(mine, network="petition"):
    spots = queries.gaps(mine.scope("secretary"), clock.today(), network=network)[network]
    return [spot.unit.code for spot in spots]


@pytest.mark.chapter("N2")
def test_the_five_networks_stand_each_with_a_role_and_functions_of_its_own():
    rows = list(Network.objects.all())
    assert tuple(row.slug for row in rows) == NETWORKS
    for part in ("name", "role", "functions"):
        assert all(getattr(row, part) for row in rows) and len({getattr(row, part) for row in rows}) == 5


@pytest.mark.chapter("N2")
def test_the_map_shows_which_branch_team_and_crew_has_no_node_in_organisation_order(mine):
    assert missing(mine) == ["ZC1", "ZC1J", "ZC2", "ZB1"]
    join(mine)
    join(mine, unit="ZB1", post="secretary", chosen="office")
    assert missing(mine) == ["ZC1", "ZC2"]
    row = next(r for r in queries.map_rows(mine.scope("chief"), clock.today()) if r.branch)
    assert (row.cells["petition"].covered, row.cells["petition"].total) == (2, 3)


@pytest.mark.chapter("N5")
def test_the_chosen_of_a_crew_counts_only_when_the_name_is_posted(mine):
    node = join(mine, posted_on=None)
    assert "ZC1J" in missing(mine)
    assert queries.points(mine.scope("secretary"), TODAY)[0].unposted == 1
    assert services.post_names(scope=mine.scope("secretary"), branch="ZB1") == 1
    node.refresh_from_db()
    assert node.posted_on == TODAY and "ZC1J" not in missing(mine)
    assert Fact.objects.filter(kind="node.posted").count() == 1


@pytest.mark.chapter("N5")
def test_a_term_that_ran_out_or_an_empty_post_leaves_the_unit_uncovered(mine):
    join(mine, term_ends=TODAY + timedelta(days=1))
    assert "ZC1J" not in missing(mine)
    with clock.at(clock.now() + timedelta(days=2)):
        spot = next(s for s in queries.coverage(clock.today())["petition"] if s.unit.code == "ZC1J")
        assert spot.cover == Cover.WAITING and spot.standing == Standing.LAPSED
    Appointment.objects.filter(post=mine.posts["correspondent"]).update(until=TODAY)
    spot = next(s for s in queries.coverage(TODAY)["petition"] if s.unit.code == "ZC1J")
    assert spot.standing == Standing.VACANT


@pytest.mark.chapter("N5")
def test_every_branch_is_a_monitoring_point_with_the_names_of_the_chosen_and_no_count_of_reports(mine):
    join(mine)
    join(mine, unit="ZB1", post="secretary", chosen="office")
    point = queries.points(mine.scope("chief"), TODAY)[0]
    assert point.branch.code == "ZB1"
    assert [(line.node.unit.code, line.names) for line in point.lines] == [("ZC1J", ("孙二虎",)), ("ZB1", ())]
    page = signed_in(mine.persons["chief"]).get("/w/networks/points/?branch=ZB1").content.decode()
    assert "孙二虎" in page and "刘志远" not in page.split("<main")[1]
    assert not {f.name for f in Node._meta.get_fields()} & {"reports", "quota", "count", "last_report"}


def test_a_secretary_keeps_the_own_branch_and_no_other(mine):
    for unit in ("ZC2", "HQ", "NOPE"):
        with pytest.raises(NotFound):
            join(mine, unit=unit)
    assert not Node.objects.exists() and not Fact.objects.filter(kind="node.joined").exists()
    join(mine, unit="ZC2", by="cadre")
    with pytest.raises(NotFound):
        services.leave(scope=mine.scope("secretary"), node=Node.objects.get().pk)


@pytest.mark.parametrize("wrong", [
    {"chosen": "ordered"}, {"chosen_on": TODAY + timedelta(days=1)}, {"posted_on": TODAY - timedelta(days=1)},
    {"posted_on": TODAY + timedelta(days=1)}, {"term_ends": TODAY}])
def test_a_node_with_impossible_dates_is_refused_whole(mine, wrong):
    with pytest.raises(UserError) as fault:
        join(mine, **wrong)
    assert fault.value.why and fault.value.next and not Node.objects.exists()


def test_a_post_is_a_node_of_a_unit_once_and_again_after_it_left(mine):
    node = join(mine)
    with pytest.raises(UserError):
        join(mine)
    services.leave(scope=mine.scope("secretary"), node=node.pk)
    join(mine)
    kinds = [f.kind for f in Fact.objects.filter(kind__startswith="node.").order_by("pk")]
    assert kinds == ["node.joined", "node.left", "node.joined"]


def test_only_the_committee_rewrites_what_a_network_is_for(mine):
    said = {"network": "petition", "role": "新的定位", "functions": "一条", "kinds": ["crew"]}
    with pytest.raises(Forbidden):
        services.revise(scope=mine.scope("secretary"), **said)
    services.revise(scope=mine.scope("cadre"), **said)
    assert missing(mine) == ["ZC1J"] and Fact.objects.filter(kind="network.revised").count() == 1


HEAD = ["联络网", "岗位编码", "单位编码", "产生方式", "产生日期", "公示日期", "任期至"]


def test_a_sheet_of_nodes_is_taken_whole_or_not_at_all(mine):
    good = ["信访网络", "correspondent", "ZC1J", "班组推选", "2026-01-04", "2026-01-06", ""]
    with pytest.raises(UserError) as fault:
        services.take(data=[HEAD, good, ["信访网", "correspondent", "ZC1", "班组推选", "2026-01-04", "", ""]],
                      actor=mine.scope("cadre").actor)
    assert "第 3 行" in fault.value.why and not Node.objects.exists()
    assert services.take(data=[HEAD, good], actor=mine.scope("cadre").actor) == 1
    assert services.take(data=[HEAD, good], actor=mine.scope("cadre").actor) == 0


@pytest.mark.parametrize("path", ["", "map/", "gaps/", "gaps/?network=petition&branch=ZB1", "points/", "passings/",
                                  "of/petition/"])
def test_pages_are_for_whoever_holds_a_post(mine, path):
    assert signed_in(mine.persons["handler"]).get(f"/w/networks/{path}").status_code == 200
    Appointment.objects.filter(person=mine.persons["handler"]).update(until=TODAY)
    assert signed_in(mine.persons["handler"]).get(f"/w/networks/{path}").status_code in (302, 404)


@pytest.mark.parametrize("path", ["of/petition/add/", "of/petition/revise/", "import/", "import/template.xlsx"])
def test_pages_to_keep_networks_are_for_their_keepers(mine, path):
    assert signed_in(mine.persons["handler"]).get(f"/w/networks/{path}").status_code == 404
    assert signed_in(mine.persons["cadre"]).get(f"/w/networks/{path}").status_code == 200


def test_the_form_makes_a_node_and_says_what_is_wrong(mine):
    client, path = signed_in(mine.persons["secretary"]), "/w/networks/of/petition/add/"
    said = {"unit": "ZC1J 检修班", "post": "correspondent 检修班", "chosen": "elected", "chosen_on": "2026-11-24",
            "posted_on": "", "term_ends": ""}
    for bad in ({"post": "nobody"}, {"unit": "ZC2"}, {"chosen": "x"}, {"chosen_on": "31"}):
        assert client.post(path, said | bad).status_code == 422 and not Node.objects.exists()
    assert client.post(path, said).status_code == 302
    node = Node.objects.get()
    assert signed_in(mine.persons["chief"]).post(f"/w/networks/nodes/{node.pk}/end/").status_code == 404
    assert client.post(f"/w/networks/nodes/{node.pk}/end/").status_code == 302
    assert client.get("/w/networks/of/../").status_code == 404


def test_the_map_takes_the_same_queries_however_many_nodes(mine, django_assert_num_queries):
    join(mine)
    client = signed_in(mine.persons["chief"])
    client.get("/w/networks/map/")
    with CountQueries() as few:
        client.get("/w/networks/map/")
    for unit in ("ZC1", "ZC1J", "ZB1"):
        join(mine, network="liaison", unit=unit, post="secretary", chosen="office")
    with CountQueries() as many:
        client.get("/w/networks/map/")
    assert len(many) == len(few) <= 33


def CountQueries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)
