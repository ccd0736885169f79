"""Looking at a page (看页面): accessibility by axe in every look, and no sideways scrolling at any width."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

WIDTHS = (320, 390, 768, 1024, 1440, 1920)
_RUN = """only => axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}},
  ...(only ? {runOnly: only} : {})}).then(found => found.violations.map(
    v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " +
      (n.any[0]?.data?.contrastRatio ?? "")).join(" | ")))"""
_WIDE = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 2).map(e => e.tagName + "." + e.className).concat("wide") : []"""


def faults(page, name: str) -> list[str]:
    """Return what is wrong with the page that is open (页面毛病), each with the look it shows in."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []

    def look(said: str, seen: list[str]) -> None:
        found.extend(f"{name} [{said}] {fault}" for fault in seen)

    look("light 1440", page.evaluate(_RUN, None))
    page.emulate_media(color_scheme="dark")
    _resize(page, 390)
    look("dark 390", page.evaluate(_RUN, None))
    page.emulate_media(color_scheme="light")
    for size in ("", "large"):
        page.evaluate("size => { document.documentElement.dataset.size = size }", size)
        for width in WIDTHS:
            _resize(page, width)
            look(f"{size or 'plain'} {width}", page.evaluate(_WIDE))
    look("large 1920", page.evaluate(_RUN, ["target-size"]))
    _resize(page, 1440)
    return found


def _resize(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900 if width > 767 else 844})
