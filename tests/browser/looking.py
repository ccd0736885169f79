"""Looking at a page (看页面): accessibility by axe in every look, and no sideways scrolling at any width."""

from __future__ import annotations

import zlib

from axe_playwright_python.base import AXE_SCRIPT
from django.db import connection

WIDTHS = (320, 390, 768, 1024, 1440, 1920)
# Colours and type show their faults apart: every two of scheme, type and width meet in one of the four looks. A page
# is judged in two of them, which share nothing, and the next page in the other two: the frame is the same on all.
LOOKS = (("dark", "large", 390), ("light", "", 1440), ("dark", "", 1440), ("light", "large", 390))
_RUN = """() => axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(
  found => found.violations.map(
    v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " +
      (n.any[0]?.data?.contrastRatio ?? "")).join(" | ")))"""
_WIDE = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 2).map(e => e.tagName + "." + e.className).concat("wide") : []"""


def faults(page, name: str) -> list[str]:
    """Return what is wrong with the page that is open (页面毛病), each with the look it shows in.

    Only on SQLite: the walks go through both databases, but no database changes what a page looks like.
    """
    page.wait_for_load_state()  # a link that was just pressed may still be opening
    found = _seen(page, name) if connection.vendor == "sqlite" else []
    page.emulate_media(color_scheme="light")
    _resize(page, 1440)
    return found


def _seen(page, name: str) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    first = 2 * (zlib.crc32(name.encode()) % 2)  # the same two for a page every time

    def look(said: str, seen: list[str]) -> None:
        found.extend(f"{name} [{said}] {fault}" for fault in seen)

    for scheme, size, wide in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.evaluate("size => { document.documentElement.dataset.size = size }", size)
        for width in WIDTHS if scheme == "light" else (wide,):
            _resize(page, width)
            look(f"{scheme} {size} {width}", page.evaluate(_WIDE))
            if width == wide and (scheme, size, wide) in LOOKS[first : first + 2]:
                look(f"{scheme} {size} {width}", page.evaluate(_RUN))
    return found


def _resize(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900 if width > 767 else 844})
