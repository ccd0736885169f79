"""Progress of background work (进度) as the pages show it."""

from __future__ import annotations

import pytest

from sangesan.foundation.jobs import queries
from sangesan.foundation.jobs import services as progress

pytestmark = pytest.mark.django_db


def test_progress_counts_and_ends():
    progress.begin("x", "工作", 40)
    progress.step("x", 10, "第十步")
    assert queries.of("x").percent == 25
    progress.finish("x")
    assert queries.running() == []


def test_a_page_of_the_demo_says_how_far_it_is(client, settings):
    settings.DEMO = True
    progress.begin("demo", "示范矿", 200)
    progress.step("demo", 50)
    assert "50 / 200" in client.get("/").text
    progress.finish("demo")
    assert "示范数据" not in client.get("/").text


def test_a_real_enterprise_pays_nothing_for_it(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/privacy/")
