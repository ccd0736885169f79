"""A case written down whole gives what the worked examples say (试算), and a bad one is named by its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.trial import BadCase, tried

BLEND = {"mode": "blend", "share": "0.3"}


def finals(own, children, rule=BLEND, veto=None, **of_rule):
    """Return the final result of a parent over children (own score, more keys)."""
    units = [{"id": "up", "parent": None, "level": "mine", "own": own}]
    units += [{"id": f"c{n}", "parent": "up", "level": "team", "own": score} | more
              for n, (score, more) in enumerate(children)]
    case = {"link": {"default": rule | of_rule}, "units": units} | ({"veto": veto} if veto else {})
    return tried(case)["units"]["up"]["final"]


def plain(*scores):
    return [(score, {}) for score in scores]


def test_w3_by_head_count():
    children = [("95.00", {"heads": "12"}), ("88.00", {"heads": "20"}), ("80.50", {"heads": "8"})]
    assert finals("90.00", children, members="heads") == "89.58"
    assert finals("90.00", plain("95.00", "88.00", "80.50")) == "89.35"


def test_w4_four_levels_read_published_values():
    rows = [("mine", None, "96"), ("s", "mine", "95"), ("s2", "mine", "90"), ("s3", "mine", "94"), ("s4", "mine", "92"),
            ("t", "s", "94"), ("t2", "s", "93"), ("c", "t", "98"), ("c2", "t", "96"), ("c3", "t", "92")]
    units = [{"id": i, "parent": p, "level": "x", "own": o} for i, p, o in reversed(rows)]
    told = tried({"link": {"default": BLEND}, "units": units})["units"]
    assert [told[i]["final"] for i in ("t", "s", "mine")] == ["94.40", "94.61", "95.00"]


@pytest.mark.parametrize(("own", "scores", "final"), [
    ("90", ("95", None, "80.50"), "89.33"), ("90", (None, None), "90.00"), (None, ("95", "80.50"), "87.75"),
    (None, (None, None), None)])
def test_w6_what_has_no_score_is_left_out(own, scores, final):
    assert finals(own, plain(*scores)) == final


@pytest.mark.parametrize(("third", "own", "flags"), [
    ({"status": "exempt"}, "85.71", []), ({"score": "0"}, "60.00", []), ({"status": "missing"}, "60.00", ["missing"]),
    ({"status": "late", "late_share": "0.5"}, "75.00", [])])
def test_w7_exempt_zero_missing_and_late_are_four_things(third, own, flags):
    parts = [{"weight": "40", "score": "90"}, {"weight": "30", "score": "80"}, {"weight": "30"} | third]
    case = {"link": {"default": BLEND}, "units": [{"id": "u", "parent": None, "level": "team", "indicators": parts}]}
    told = tried(case)["units"]["u"]
    assert (told["own"], told["flags"]) == (own, flags)


def test_w11_a_merge_counts_by_member_days():
    children = [(score, {"heads": heads, "days": days}) for score, heads, days in (
        ("84", "20", "15"), ("96", "10", "15"), ("91", "30", "15"), ("88", "25", "30"))]
    assert finals("90", children, members="head_days") == "89.65"


@pytest.mark.parametrize(("veto", "vetoed", "final"), [
    ({"upward": "score"}, 1, "82.80"), ({"upward": "deduction", "points": "5", "cap": "10"}, 1, "86.60"),
    ({"upward": "deduction", "points": "5", "cap": "10"}, 3, "81.60"), ({"upward": "isolate"}, 1, "92.00")])
def test_w12_a_vetoed_child_acts_in_exactly_one_way(veto, vetoed, final):
    children = [(score, {"veto": n < vetoed}) for n, score in enumerate(("88", "94", "90"))]
    assert finals("92", children, veto=veto) == final


def test_w13_an_own_veto_is_nought():
    case = {"link": {"default": BLEND}, "units": [{"id": "u", "parent": None, "level": "x", "own": "99", "veto": True}]}
    assert tried(case)["units"]["u"] == {"own": "99.00", "children": None, "final": "0.00", "flags": ["veto"]}


@pytest.mark.parametrize(("own", "scores", "final"), [
    ("97", ("92", "95", "100"), "94.40"), ("98", ("94.40", "96"), "96.08"), ("97", ("80", "85", "100"), "92.00")])
def test_w14_pass_through(own, scores, final):
    assert finals(own, plain(*scores), {"mode": "pass_through", "rate": "0.2", "cap": "5"}) == final


def test_w15_ceiling():
    rule = {"mode": "ceiling", "share": "0.3", "margin": "15"}
    assert finals("95", plain("70", "98.25", "98.25"), rule) == "85.00"


@pytest.mark.parametrize(("scores", "own"), [
    (("-62", "20"), "0.00"), (("140", "90"), "100.00"), (("-50", "90"), "20.00")])
def test_w17_what_is_below_nought_or_above_a_hundred_ends_there(scores, own):
    parts = [{"weight": "1", "score": score} for score in scores]
    unit = {"id": "u", "parent": None, "level": "team", "indicators": parts}
    assert tried({"link": {"default": BLEND}, "units": [unit]})["units"]["u"]["own"] == own


def pool(amount, *stages):
    case = {"link": {"default": BLEND}, "units": [{"id": "u", "parent": None, "level": "x", "own": "1"}],
            "pool": {"amount": amount, "stages": [dict(zip(("to", "weight", "of"), s, strict=False)) for s in stages]}}
    told = tried(case)
    return list(told["payouts"].values()), told["undistributed"]


def test_w20_a_pool_that_does_not_divide():
    assert pool("10000.00", ("a", "1"), ("b", "1"), ("c", "1"))[0] == ["3333.34", "3333.33", "3333.33"]
    assert pool("1.00", ("a", "33"), ("b", "66"))[0] == ["0.33", "0.67"]


def test_w22_two_stages_each_sum_exactly():
    paid, left = pool("50000.00", ("t1", "3800"), ("t2", "2760"), ("t3", "1720"), ("c1", "11.5", "t1"),
                      ("c2", "14.2", "t1"), ("c3", "12.3", "t1"), ("d1", "6", "t3"), ("d2", "5.6", "t3"))
    assert paid[:6] == ["22946.86", "16666.67", "10386.47", "6944.44", "8574.88", "7427.54"] and left == "0.00"


def test_w23_what_nobody_earned_stays():
    assert pool("5000.00", ("a", "0"), ("b", "0")) == (["0.00", "0.00"], "5000.00")
    assert pool("10.00", ("a", "1"), ("b", "1"), ("a1", "0", "a")) == (["5.00", "5.00", "0.00"], "5.00")


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**5), min_size=1, max_size=9))
def test_what_is_paid_and_what_stays_are_the_pool(cents, weights):
    amount = f"{cents // 100}.{cents % 100:02d}"
    paid, left = pool(amount, *((f"p{n}", str(weight)) for n, weight in enumerate(weights)))
    assert sum(int(x.replace(".", "")) for x in [*paid, left]) == cents


def test_the_hash_is_of_the_rules_and_not_of_how_they_are_written():
    unit = {"id": "u", "parent": None, "level": "x", "own": "1"}

    def digest(**rule):
        return tried({"link": {"default": BLEND | rule}, "units": [unit]})["rule_hash"]

    assert digest() == digest(share="0.30") == digest(members="equal") != digest(share="0.31")


U = {"id": "u", "parent": None, "level": "x", "own": "1"}


@pytest.mark.parametrize(("change", "word"), [
    ({"units": []}, "一个单位也没有"), ({"units": [U, U]}, "两次"), ({"units": [U | {"parent": "u"}]}, "圈"),
    ({"units": [U | {"parent": "nobody"}]}, "nobody"), ({"units": [U | {"own": "x"}]}, "own"),
    ({"units": [U | {"own": "111"}]}, "own"), ({"units": [U | {"own": True}]}, "own"), ({"units": {}}, "列表"),
    ({"units": [U | {"own": None, "indicators": [{"weight": "0", "score": "1"}]}]}, "合计为零"),
    ({"units": [U | {"own": None, "indicators": [{"weight": "-1", "score": "1"}]}]}, "负数"),
    ({"units": [U | {"own": None, "indicators": [{"weight": "1", "status": "late"}]}]}, "late_share"),
    ({"units": [U | {"indicators": []}]}, "只能写一样"), ({"units": [U | {"veto": "no"}]}, "true"),
    ({"link": {}}, "default"), ({"link": {"default": BLEND | {"share": "1.2"}}}, "share"),
    ({"link": {"default": {"mode": "mix"}}}, "mode"), ({"link": {"default": {"mode": "pass_through"}}}, "rate"),
    ({"link": {"default": BLEND | {"members": "all"}}}, "members"), ({"veto": {"upward": "both"}}, "upward"),
    ({"link": {"default": BLEND | {"members": "heads"}}, "units": [U, U | {"id": "c", "parent": "u"}]}, "heads"),
    ({"pool": {"amount": "1.001", "stages": []}}, "分"), ({"pool": {"amount": "-1", "stages": []}}, "负数"),
    ({"pool": {"amount": "1", "stages": [{"to": "a", "of": "b", "weight": "1"}]}}, "a 由 b 再分，b 自己却没有分到"),
    ({"pool": {"amount": "1", "stages": [{"to": "a", "weight": "1"}, {"to": "a", "weight": "1"}]}}, "两次"),
    ({"colour": 1}, "colour"), ({"units": [U | {"rank": 1}]}, "rank"), ({"units": [U | {"id": "\ud800"}]}, "不能显示"),
    ({"units": [U | {"id": "a\nb"}]}, "不能显示"), ({"link": {"default": BLEND | {"lambda": "1"}}}, "lambda"),
    ({"link": {"default": BLEND, "\ud800": BLEND}}, "不能显示"), ({"veto": {"upward": "score", "x": 1}}, "x"),
    ({"pool": {"amount": "1", "stages": [], "x": 1}}, "pool"), ({"units": [U | {"own": "9" * 400}]}, "own"),
    ({"pool": {"amount": "1", "stages": [{"to": "a", "weight": "1", "x": 1}]}}, "第 1 项"),
    ({"units": [U | {"own": None, "indicators": [{"weight": "1", "score": "999999999"}]}]}, "score"),
    ({"units": [U | {"own": None, "indicators": [{"weight": "1", "score": "1", "x": 1}]}]}, "指标"),
    ({"link": {"default": BLEND | {"cap": "abc"}}}, "cap"), ({"veto": {"upward": "isolate", "points": "x"}}, "points"),
    ({"units": [U | {"own": None, "indicators": [{"weight": "1", "status": "exempt", "score": "x"}]}]}, "score"),
    ({"units": [U | {"own": None, "indicators": [{"weight": "1", "score": "1", "late_share": "2"}]}]}, "late_share"),
    ({"pool": {"amount": "1", "stages": [{"to": "u", "weight": "1"}, {"to": "nobody", "weight": "1"}]}}, "nobody"),
])
def test_a_bad_case_is_named_by_its_place(change, word):
    with pytest.raises(BadCase, match=word):
        tried({"link": {"default": BLEND}, "units": [U]} | change)


def test_decimals_as_long_as_a_division_leaves_them_are_read_exactly():
    third, two = "33.3333333333333333333333333333", "66.6666666666666666666666666667"
    parts = [{"weight": third, "score": "92.3449999999999999999999999999"}, {"weight": two, "score": two}]
    told = tried({"link": {"default": BLEND},
                  "units": [{"id": "u", "parent": None, "level": "team", "indicators": parts}],
                  "pool": {"amount": "1.00", "stages": [{"to": "a", "weight": third}, {"to": "b", "weight": two}]}})
    assert told["units"]["u"]["own"] == "75.23" and told["payouts"] == {"a": "0.33", "b": "0.67"}
