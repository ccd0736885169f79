"""Taking requests in (受理请求): half a letter is no letter, and whoever is slow holds no thread."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from granian.rsgi import ProtocolClosed

from sangesan.foundation import serving
from sangesan.foundation.serving import Serving


class Sender:
    """A sender as the server shows it (发送方): pieces, a silence where one is None, and what it was answered."""

    def __init__(self, *pieces, leaves: bool = False) -> None:
        self.pieces, self.leaves, self.answer, self.streamed = list(pieces), leaves, None, []

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.pieces:
            raise StopAsyncIteration
        piece = self.pieces.pop(0)
        if piece is None:
            await asyncio.sleep(60)
        return piece

    async def client_disconnect(self):
        await asyncio.sleep(0.2 if self.leaves else 60)

    def response_bytes(self, status, headers, body):
        self.answer = status, dict(headers), body

    def response_stream(self, status, headers):
        async def send(piece):
            self.streamed.append(piece)
        return SimpleNamespace(send_bytes=send)


def asked(method="POST", path="/信", **headers):
    """Return a request's first lines (请求头)."""
    named = {name.replace("__", "_x_").replace("_", "-").replace("-x-", "_"): value for name, value in headers.items()}
    return SimpleNamespace(server="[::1]:8000", client="10.1.2.3:40000", scheme="http", method=method, path=path,
                           query_string="谁=1", http_version="1.1", headers=named)


class House:
    """An application that tells what reached it (应用)."""

    def __init__(self, answer=(b"heard",), headers=()) -> None:
        self.seen, self.answer, self.headers = [], answer, list(headers)

    def __call__(self, environ, start_response):
        self.seen.append(environ | {"body": environ["wsgi.input"].read()})
        start_response("200 OK", self.headers)
        return self.answer


def serve(house, sender, scope):
    front = Serving(house, threads=1)
    with ThreadPoolExecutor(1) as apart:  # a browser test of before may have left its loop running in this thread
        apart.submit(asyncio.run, front.__rsgi__(scope, sender)).result(30)
    assert front._held == 0, "nothing is held when it is over"
    return sender.answer


def test_what_is_sent_reaches_the_application_whole_with_where_it_came_from():
    house = House()
    assert serve(house, Sender(b"ab", b"", b"cde"), asked(content_length="5", content_type="text/plain", cookie="a=1"))[
        0::2] == (200, b"heard")
    (seen,) = house.seen
    assert seen["body"] == b"abcde" and seen["CONTENT_LENGTH"] == "5" and seen["CONTENT_TYPE"] == "text/plain"
    assert seen["REMOTE_ADDR"] == "10.1.2.3" and seen["SERVER_NAME"] == "::1" and seen["HTTP_COOKIE"] == "a=1"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/信"
    assert seen["QUERY_STRING"].encode("latin-1").decode() == "谁=1"


@pytest.mark.parametrize(("pieces", "status"), [((b"ab",), 408), ((b"ab", None), 408)], ids=["cut off", "silent"])
def test_half_a_letter_never_reaches_the_application(monkeypatch, pieces, status):
    monkeypatch.setattr(serving, "SILENCE", 0.05)
    house = House()
    answer = serve(house, Sender(*pieces), asked(content_length="5"))
    assert answer[0] == status and "再提交一次" in answer[2].decode() and not house.seen


def test_who_drips_is_told_when_the_time_is_up(monkeypatch):
    monkeypatch.setattr(serving, "LONGEST", 0.05)
    house = House()
    assert serve(house, Sender(b"a", None), asked(content_length="5"))[0] == 408 and not house.seen


def test_without_a_length_nothing_is_taken_for_cut_off_it_would_look_whole():
    house = House()
    assert serve(house, Sender(b"abc"), asked(transfer_encoding="chunked"))[0] == 411 and not house.seen


def test_of_what_is_too_big_nothing_is_kept_and_the_application_says_so(monkeypatch):
    monkeypatch.setattr(serving, "LARGEST", 4)
    house = House()
    assert serve(house, Sender(b"abc", b"def"), asked(content_length="6"))[0] == 200
    assert house.seen[0]["body"] == b"" and house.seen[0]["CONTENT_LENGTH"] == "6"


def test_when_too_much_is_on_its_way_the_next_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(serving, "TOGETHER", 4)
    house = House()
    answer = serve(house, Sender(b"abc", b"de"), asked(content_length="5"))
    assert answer[0] == 503 and answer[1]["retry-after"] and not house.seen


def test_who_is_asked_to_wait_is_read_to_the_end_and_hears_it(monkeypatch):
    monkeypatch.setattr(serving, "TOGETHER", 4)
    house, sender = House(), Sender(b"abc", b"de", b"fgh")
    assert serve(house, sender, asked(content_length="8"))[0] == 503 and not house.seen
    assert not sender.pieces, "nothing is left that would break the answer off"


def test_a_header_that_only_looks_like_a_proxy_s_is_dropped():
    house = House()
    serve(house, Sender(), asked("GET", x__forwarded__for="1.1.1.1", x_forwarded_for="2.2.2.2"))
    assert house.seen[0]["HTTP_X_FORWARDED_FOR"] == "2.2.2.2"


class Endless:
    """An answer without an end (没有尽头的回答), as the board's is."""

    streaming = True

    def __init__(self) -> None:
        self.closed, self.left = False, threading.Event()

    def __iter__(self):
        for _ in range(400):
            yield b"beat"
            self.left.wait(0.01)

    def close(self):
        self.closed = True


def test_a_stream_ends_when_whoever_asked_has_left():
    answer, sender = Endless(), Sender(leaves=True)
    assert serve(House(answer), sender, asked("GET")) is None
    assert answer.closed and 0 < len(sender.streamed) < 400


def test_who_leaves_at_the_very_moment_of_a_beat_is_no_fault():
    answer, sender = Endless(), Sender()

    async def gone(_piece):
        raise ProtocolClosed

    sender.response_stream = lambda _status, _headers: SimpleNamespace(send_bytes=gone)
    assert serve(House(answer), sender, asked("HEAD")) is None and answer.closed


def test_a_file_of_known_length_is_handed_over_whole():
    answer = Endless()
    assert serve(House(answer, [("Content-Length", "1600")]), Sender(), asked("GET"))[2] == b"beat" * 400
    assert answer.closed
