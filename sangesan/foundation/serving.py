"""Serving (受理请求): a request is taken in whole before one of the few threads is given to it (ADR 0055).

A thread that reads from a phone whose network has gone waits as long as the phone is silent, and twelve are all there
are. So the event loop reads, and answers are handed back whole as far as they have an end. Spoken to by granian over
RSGI; what it calls is any WSGI application. Nothing of a request is written to a disk or a log.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as lazy
from granian.rsgi import ProtocolClosed

from .uploads import LARGEST

SILENCE = 30
"""Seconds a sender may be silent (停顿)."""
LONGEST = 600
"""Seconds a sending may take (全程)."""
TOGETHER = 5 * LARGEST
"""Bytes of all sendings that are held at once (同时在收)."""
_REFUSED = {
    411: lazy("没有收到：发送时没有写明长度。请换一个程序发送，或者在请求里写明 Content-Length。"),
    408: lazy("没有收到：发送中断或者太慢。请检查网络后再提交一次，已经收下的不会重复。"),
    503: lazy("没有收下：正在上传的人太多。请过半分钟再提交一次。"),
}


class Refused(Exception):
    """What was sent is not taken in (没有收下); the argument is the status."""


class Serving:
    """A WSGI application behind an event loop (受理), with so many threads."""

    def __init__(self, application: Callable[..., Iterable[bytes]], threads: int) -> None:
        self._application, self._threads = application, ThreadPoolExecutor(threads, "request")
        self._held = 0

    async def __rsgi__(self, scope, protocol) -> None:
        """Take a request in, have it answered and send the answer (受理一个请求)."""
        body, loop = BytesIO(), asyncio.get_running_loop()
        try:
            await self._take(scope, protocol, body)
            environ = environ_of(scope, body)
            status, headers, whole = await loop.run_in_executor(
                self._threads, copy_context().run, self._answer, environ, protocol, loop)
        except Refused as refused:
            status, whole = refused.args[0], str(_REFUSED[refused.args[0]]).encode()
            headers = [("content-type", "text/plain; charset=utf-8"), ("retry-after", str(SILENCE))]
        finally:
            self._held -= body.getbuffer().nbytes
        if whole is not None:
            protocol.response_bytes(status, headers, whole)

    async def _take(self, scope, protocol, body: BytesIO) -> None:
        """Read all that is sent into `body` (收取); of what is too big nothing is kept.

        Nor of what there is no room for. It is read to its end all the same: who is still sending when we hang up
        loses the answer that says why.
        """
        if "transfer-encoding" in scope.headers:  # cut off, it would look whole
            raise Refused(411)
        announced = int(scope.headers.get("content-length") or 0)
        size, pieces, fits = 0, aiter(protocol), True
        try:
            async with asyncio.timeout(LONGEST):
                while size < min(announced, 2 * LARGEST):
                    piece = await asyncio.wait_for(anext(pieces), SILENCE)
                    size += len(piece)
                    fits = fits and (announced > LARGEST or self._keep(body, piece))
        except (StopAsyncIteration, TimeoutError):  # cut off or too slow: half a letter is no letter
            raise Refused(408) from None
        if not fits:
            raise Refused(503)
        body.seek(0)

    def _keep(self, body: BytesIO, piece: bytes) -> bool:
        """Hold one more piece (留住一段); where there is no room for it, nothing of the sending is held any more."""
        if self._held + len(piece) > TOGETHER:
            self._held -= body.tell()
            body.seek(0)
            body.truncate()
            return False
        self._held += body.write(piece)
        return True

    def _answer(self, environ, protocol, loop) -> tuple[int, list[tuple[str, str]], bytes | None]:
        """Have the application answer, in a thread (作答): status, headers and the body, None where it streamed."""
        begun: list[Any] = []
        answer = self._application(environ, lambda status, headers, _fault=None: begun.append((status, headers)))
        try:
            status, headers = int(begun[0][0][:3]), [(name.lower(), value) for name, value in begun[0][1]]
            length = dict(headers).get("content-length", "")
            if not getattr(answer, "streaming", False) or length.isdecimal() and int(length) <= LARGEST:
                return status, headers, b"".join(answer)
            self._stream(answer, lambda: protocol.response_stream(status, headers), protocol, loop)
            return status, headers, None
        finally:
            getattr(answer, "close", lambda: None)()

    @staticmethod
    def _stream(answer: Iterable[bytes], begin, protocol, loop) -> None:
        """Send piece by piece what has no end yet (流式发送), until it ends or whoever asked has left."""
        left = threading.Event()

        async def watch() -> None:
            await protocol.client_disconnect()
            left.set()

        async def start():
            return begin(), loop.create_task(watch())

        to, watching = asyncio.run_coroutine_threadsafe(start(), loop).result()

        async def send(piece: bytes) -> None:
            await to.send_bytes(piece)

        try:
            with suppress(ProtocolClosed):  # left at this very moment, or asked for the head alone (HEAD)
                for piece in answer:
                    if left.is_set():
                        break
                    asyncio.run_coroutine_threadsafe(send(piece), loop).result()
        finally:
            loop.call_soon_threadsafe(watching.cancel)


def environ_of(scope, body: BytesIO) -> dict[str, Any]:
    """Return what WSGI says of a request (请求环境, PEP 3333); text is bytes as latin-1 there."""
    here, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method, "SCRIPT_NAME": "", "PATH_INFO": _latin(scope.path),
        "QUERY_STRING": _latin(scope.query_string), "SERVER_NAME": here.strip("[]"), "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}", "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0), "wsgi.url_scheme": scope.scheme, "wsgi.input": body,
        "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # would pass for another header, one that only a proxy may set
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ


def _latin(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("latin-1")
