"""The line out (外线): one request, to the address that was entered and to no other.

TLS is always verified; plain HTTP is for this machine itself. No proxy of the environment, no
redirect, no answer longer than a page, no waiting longer than some seconds, however slowly it drips.
A fault names neither address nor words, because addresses of robots hold their secret.
"""

from __future__ import annotations

import http.client
import io
import json
import ssl
import time
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from sangesan.foundation import clock

PATIENCE = 8
LONGEST = 64 * 1024
LONGEST_WAIT = 6 * 3600
"""We come back after so many seconds whatever the other side asks (最长等待)."""
HERE = ("127.0.0.1", "localhost", "::1")


class Broken(Exception):
    """The line did not give an answer that can be read (外线故障)."""

    def __init__(self, fault: str, number: int = 0, *, unsure: bool = False, wait: int = 0) -> None:
        self.fault, self.number, self.unsure, self.wait = fault, number, unsure, wait
        super().__init__(fault)


class Until(io.RawIOBase):
    """What comes in, up to a moment (限时读取): a timeout of the socket counts from each sign anew."""

    def __init__(self, source: io.RawIOBase) -> None:
        self.source = source
        self.begin()

    def begin(self) -> None:
        """Count from now (重新计时)."""
        self.until = time.monotonic() + PATIENCE

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int | None:
        if time.monotonic() > self.until:
            raise TimeoutError
        return self.source.readinto(room)

    def close(self) -> None:
        self.source.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose every part, its head as well, is there in time (限时答复)."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fp = io.BufferedReader(Until(self.fp.detach()))


class _Plain(http.client.HTTPConnection):
    response_class = _Answer


class _Safe(http.client.HTTPSConnection):
    response_class = _Answer


class _Lines(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """Both kinds of connection (两种连接), TLS always verified."""

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Plain, req)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Safe, req, context=ssl.create_default_context())


class Stay(urllib.request.HTTPRedirectHandler):
    """Go nowhere else (不转址): what was meant for one house is not carried to another."""

    def redirect_request(self, *_said: object) -> None:
        return None


def allowed(address: str) -> bool:
    """Return whether an address may be asked (可用地址): HTTPS, or plain HTTP on this machine.

    >>> allowed("https://qyapi.weixin.qq.com"), allowed("http://127.0.0.1:9001"), allowed("http://10.0.0.1")
    (True, True, False)
    >>> allowed("https://user:word@host"), allowed("file:///etc/passwd"), allowed("https://")
    (False, False, False)
    """
    try:
        parts = urlsplit(address)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address and "@" not in parts.netloc
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
    return plain and safe and bool(parts.hostname) and port_fits


def ask(address: str, body: object = None, *, form: bool = False, method: str = "",
        headers: dict[str, str] | None = None) -> dict[str, Any]:
    """Ask and return the JSON object that was answered (请求); `body` is sent as JSON, or as a form."""
    if not allowed(address):
        raise Broken("address")
    data = None if body is None else (urlencode(body) if form else json.dumps(body, ensure_ascii=False)).encode()
    kind = "application/x-www-form-urlencoded; charset=utf-8" if form else "application/json; charset=utf-8"
    request = urllib.request.Request(  # noqa: S310 - `allowed` lets HTTPS and this machine through, nothing else
        address, data, {"Content-Type": kind, "Accept": "application/json"} | (headers or {}),
        method=method or ("GET" if data is None else "POST"))
    try:
        with _opener().open(request, timeout=PATIENCE) as answer:
            return _read(answer)
    except urllib.error.HTTPError as fault:
        with fault:
            return _spoken(fault)
    except urllib.error.URLError as fault:
        raise Broken("tls" if isinstance(fault.reason, ssl.SSLError) else "closed") from None
    except ssl.SSLError:
        raise Broken("tls") from None
    except TimeoutError:
        raise Broken("timeout", unsure=True) from None
    except (OSError, http.client.HTTPException):
        raise Broken("broken", unsure=True) from None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), _Lines(), Stay())


def _spoken(fault: urllib.error.HTTPError) -> dict[str, Any]:
    """Read what stands behind an HTTP error (错误答复): gateways put their own code there."""
    if 300 <= fault.code < 400:
        raise Broken("redirect", fault.code)
    if fault.code == 429:
        raise Broken("rate", fault.code, wait=_wait(fault))
    if fault.code >= 500:  # 503 says that it was not taken; after any other it may have been passed on before
        raise Broken("server", fault.code, unsure=fault.code != 503, wait=_wait(fault))
    try:
        return _read(fault)
    except Broken:
        raise Broken("answer", fault.code) from None


def _wait(fault: urllib.error.HTTPError) -> int:
    """Return for how many seconds the other side asks us to wait (Retry-After), 0 when it says nothing."""
    said = str(fault.headers.get("Retry-After") or "").strip()
    if said.isascii() and said.isdigit():
        return min(int(said[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
        return max(0, min(int((until - clock.now()).total_seconds()), LONGEST_WAIT))
    except (TypeError, ValueError, OverflowError):  # no date, or one without its zone
        return 0


def _read(answer: Any) -> dict[str, Any]:
    got = b""
    while part := answer.read1(8192):
        got += part
        if len(got) > LONGEST:
            raise Broken("huge", unsure=True)
    try:
        said = json.loads(got)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Broken("answer", unsure=True)
    return said
