"""Engine (排版引擎): a template and data become a PDF, always the same bytes for the same words.

Data reach the compiler as JSON, so nothing in them is read as markup. Compiling leaves Python's
lock alone (other threads go on) and at most two documents are set at a time.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from ..errors import UserError
from ..pictures import Picture
from . import fonts, text

SHELF = Path(__file__).parent / "templates"
LARGEST = 400_000
"""Characters of data of one document (文件上限): some hundred pages, about two seconds on a small machine."""
THICK = 4 * LARGEST
"""The same where nobody waits for it (后台上限): about eight seconds, and 650 MB while it is set."""
_turn = threading.BoundedSemaphore(2)
PATIENCE = 20


@dataclass(frozen=True)
class Made:
    """A printed document (成品): its bytes, and what had no glyph and stands there as a box."""

    body: bytes
    lost: tuple[str, ...] = ()


class TooLong(UserError):
    """More words than one document holds (内容太长)."""

    def __init__(self) -> None:
        super().__init__(_("没有生成文件"), why=_("内容太长，一份文件放不下"), next=_("请分成几份生成"))


def pdf(template: str | Path, data: Mapping[str, Any], pictures: Sequence[Picture] = (), most: int = LARGEST) -> bytes:
    """Return a PDF (排成 PDF). `template` is a name of the shelf (`official`) or a file of an app's own.

    Raises TooLong for more than `most` characters.
    """
    return make(template, data, pictures, most).body


def make(template: str | Path, data: Mapping[str, Any], pictures: Sequence[Picture] = (), most: int = LARGEST) -> Made:
    """Return a PDF (排版) and what in its words had no glyph; the template finds pictures as `picture-0.svg` on."""
    inputs, lost = _inputs(data, most)
    return Made(_set(template, inputs, "pdf", pictures=pictures), lost)


def lost(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which characters of data no typeface can show (缺字), as U+ numbers, without setting anything."""
    missing: set[str] = set()
    text.fit(dict(data), missing)
    return tuple(sorted(missing))


def pages(template: str | Path, data: Mapping[str, Any], *, ppi: int = 110, pictures: Sequence[Picture] = ()
          ) -> list[bytes]:
    """Return the pages as PNG pictures (页面图), to look at."""
    made = _set(template, _inputs(data)[0], "png", ppi, pictures)
    return made if isinstance(made, list) else [made]


def fits(data: Mapping[str, Any], most: int) -> str:
    """Return data as the compiler takes them (入稿); raises TooLong for more than `most` characters."""
    told = json.dumps(data, ensure_ascii=False)
    if len(told) > most:
        raise TooLong
    return told


def _inputs(data: Mapping[str, Any], most: int = LARGEST) -> tuple[dict[str, str], tuple[str, ...]]:
    lost: set[str] = set()
    return {"data": fits(text.fit(dict(data), lost), most), "fonts": json.dumps(fonts.chosen())}, tuple(sorted(lost))


def _set(template: str | Path, inputs: dict[str, str], form: str, ppi: int = 144, pictures: Sequence[Picture] = ()
         ) -> Any:
    if not _turn.acquire(timeout=PATIENCE):
        raise UserError(_("没有生成文件"), why=_("正在生成的文件较多"), next=_("请过一会儿再试"), status=429)
    try:
        sources = _sources(template) | {f"picture-{n}.svg": _drawn(one) for n, one in enumerate(pictures)}
        return typst.compile(sources, font_paths=fonts.typefaces(), ignore_system_fonts=True,
                             sys_inputs=inputs, format=form, ppi=ppi)
    finally:
        _turn.release()


def _drawn(one: Picture) -> bytes:
    """Return a picture as the compiler takes it (图片入稿): it reads text only, so a drawing carries the pixels."""
    size, pixels = f'width="{one.width}" height="{one.height}"', base64.b64encode(one.content).decode()
    return (f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} '
            f'href="data:image/jpeg;base64,{pixels}"/></svg>').encode()


@cache
def _sources(template: str | Path) -> dict[str, bytes]:
    """Return the files the compiler sees (可见文件): the shelf, and an own template with its neighbours."""
    main = template if isinstance(template, Path) else SHELF / f"{template}.typ"
    seen = {path.name: path.read_bytes() for path in sorted({*SHELF.glob("*.typ"), *main.parent.glob("*.typ")})}
    return seen | {"main.typ": main.read_bytes()}
