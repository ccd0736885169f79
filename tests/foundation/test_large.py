"""Large type on public pages (大字): by address alone, kept from page to page, for every public page."""

from __future__ import annotations

import re

import pytest

from tests.builders import heard, small_mine
from tests.sealing import founded

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V3")]
LINKS = re.compile(r'\b(?:href|action|formaction)="(/[^"]*)"')


def path(address: str) -> str:
    return address.partition("?")[0]


def ours(address: str) -> bool:
    return not address.startswith(("/static/", "/w/", "/api/"))


def test_every_public_page_that_links_lead_to_is_there_in_large_type_and_keeps_it(noon, client):
    founded(small_mine())
    seen, waiting = set(), ["/?large=1", "/ledger/?large=1"]
    while waiting:
        address = waiting.pop()
        if path(address) in seen:  # days go back for ever
            continue
        seen.add(path(address))
        answer = client.get(address)
        assert not answer.cookies, address
        if (
            answer.status_code == 405
            or not answer.headers["Content-Type"].startswith("text/html")
            or "Content-Disposition" in answer.headers
        ):
            continue
        page = answer.content.decode()
        assert 'data-size="large"' in page and "正常字" in page, address
        links = {link.replace("&amp;", "&").partition("#")[0] for link in LINKS.findall(page)}
        assert all(re.search(r"[?&]large=", link) for link in links if ours(link)), address
        waiting += [link for link in links if ours(link) and path(link) not in seen]
    assert seen >= {
        "/",
        "/mailbox/leaders/",
        "/mailbox/union/",
        "/discipline/",
        "/receipt/",
        "/reception/",
        "/help/",
        "/privacy/",
        "/outside/",
        "/answers/",
        "/results/",
        "/ledger/",
        "/study/",
    }


def test_a_refused_form_and_a_search_keep_the_size_and_a_page_without_it_says_nothing_of_it(noon, client):
    small_mine()
    refused = client.post("/mailbox/leaders/?large=1", {"key": "k" * 32, "mode": "anonymous", "text": ""})
    assert refused.status_code == 422 and 'data-size="large"' in refused.content.decode()
    assert '<input type="hidden" name="large" value="1">' in client.get("/answers/?large=1").content.decode()
    plain = client.get("/mailbox/leaders/").content.decode()
    assert (
        'data-size="large"' not in plain
        and 'href="?large=1"' in plain
        and "large=1" not in plain.replace('href="?large=1"', "")
    )


def test_words_of_a_speaker_that_look_like_a_link_are_left_as_they_are(noon, client):
    small_mine()
    words = '看 href="/receipt/" 和 <form method="get">'
    page = client.post("/mailbox/leaders/?large=1", {"key": "short", "mode": "anonymous", "text": words})
    assert "href=&quot;/receipt/&quot; 和 &lt;form method=&quot;get&quot;&gt;" in page.content.decode()


def test_staff_pages_take_no_size_from_an_address(noon, client):
    assert 'data-size="large"' not in client.get("/w/login/?large=1").content.decode()


@pytest.mark.parametrize("asked", [
    "/receipt/?code={}", "/receipt/?large=1&code={}", "/answers/?q={}", "/answers/?q=+{}", "/?any={}"])
def test_a_receipt_that_somebody_typed_into_an_address_stands_in_no_link_of_the_page(noon, client, asked):
    """Receipts are never in an address: the link to the other size carried it on."""
    small_mine()
    code = heard("夜班没有热水").receipt
    for way in (code, code.lower(), code.replace("-", "")):
        page = client.get(asked.format(way)).content.decode()
        assert way not in page and ("large=1" in page or "large=0" in page)
