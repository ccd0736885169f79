"""Scripts of the report page (上报页脚本): several small files sent as one, and the service worker with its list.

A phone on a bad line asks once instead of four times; the files stay apart for whoever reads them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import cache, lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.templatetags.static import static

HOME = "/w/report/"
PARTS = ("frame/photos.js", "hpke/hpke.js", "outbox/outbox.js", "outbox/report.js")
WORKER = ("outbox/outbox.js", "outbox/worker.js")
CACHED = ("frame/frame.css", "frame/mark.svg", "frame/frame.js", "outbox/voice.js")
"""All that a phone keeps (本机缓存清单) besides the empty page and its script."""
PAGE = ("report_offline", "_report", "_outbox", "_outbox_head")


@cache
def bundle() -> bytes:
    """Return the scripts of the page as one (页面脚本)."""
    return b"".join(_source(name) for name in PARTS)


@cache
def packed() -> bytes:
    """Return the same, compressed (压缩后的页面脚本)."""
    return gzip.compress(bundle(), 9, mtime=0)


@cache
def address() -> str:
    """Return where they stand (脚本地址); a changed script has another address and may be kept for ever."""
    return f"{HOME}script.js?v={_digest(bundle())}"


@lru_cache(maxsize=2)
def worker(form: str) -> str:
    """Return the service worker (后台脚本); what changes in anything it keeps makes it a new one, `form` as drawn too.

    A unit that was founded or closed since is so in the form on the phone as well.
    """
    code = b"".join(_source(name) for name in WORKER)
    page = "".join(get_template(f"intake/{name}.html").template.source for name in PAGE).encode()
    version = _digest(code + page + form.encode() + bundle() + b"".join(map(_source, CACHED)))
    kept = [HOME + "offline/", address(), *map(static, CACHED)]
    return f"const KEPT = {json.dumps(kept)}, VERSION = {json.dumps(version)};\n{code.decode()}"


def _source(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
