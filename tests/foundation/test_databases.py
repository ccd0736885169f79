"""The tests' own footing (测试底座): a test that commits never touches the next one's data."""

import threading

import pytest
from django.db import connection
from django.test import Client

from sangesan.organization.units.models import Unit


def rows() -> int:
    return Unit.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next(turn):
    assert rows() == 0
    Unit.objects.create(code=f"T{turn}", name="试", kind="mine", opened="2026-01-01")
    seen = []
    thread = threading.Thread(target=lambda: (seen.append(rows()), connection.close()))
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.django_db
def test_a_test_that_rolls_back_works_on_the_template():
    assert rows() == 0 and "copy" not in str(connection.settings_dict["NAME"])


def test_the_server_of_browser_tests_answers(live_server):
    import urllib.request

    with urllib.request.urlopen(live_server.url + "/") as answer:
        assert answer.status == 200
    assert Client().get("/").status_code == 200
