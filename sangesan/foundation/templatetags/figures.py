"""Figures drawn on the server (服务器画的图): no script, the same picture on a phone and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sangesan.foundation import drawing

register = template.Library()


@register.simple_tag
def spark(values: Sequence[float] | None, tone: str = "act") -> SafeString | str:
    """Draw a sparkline (走势线); nothing when there are fewer than two values."""
    path = drawing.spark(list(values or ()))
    if not path:
        return ""
    return format_html(
        '<svg class="spark tone-{}" viewBox="0 0 74 30" aria-hidden="true"><path d="{}"/></svg>', tone, path
    )


@register.inclusion_tag("parts/key.html")
def key(word, value, unit="", sub="", url="", values=None, tone="act", good=""):
    """Draw a key figure (关键数字): word, value, unit, a sentence, a sparkline; opens to its list."""
    return {
        "word": word, "value": value, "unit": unit, "sub": sub, "url": url,
        "values": values, "tone": tone, "good": good,
    }


@register.inclusion_tag("parts/line.html")
def line_chart(points, title="", said="", unit="", head=""):
    """Draw a line chart (折线图) of (label, value), with a table of the data under it."""
    return {"chart": drawing.line(list(points)), "title": title, "said": said, "unit": unit, "head": head}


@register.inclusion_tag("parts/board.html")
def board(tiles, said=""):
    """Draw units as tiles (单位方格) in the order given; shade by number, never sorted by it.

    A tile is {"word", "value", "url", "urgent"}; value None is suppressed and stands as --.
    """
    tiles = list(tiles)
    top = max((t["value"] or 0 for t in tiles), default=0)
    shaded = [t | {"shade": drawing.heat(t["value"] or 0, top)} for t in tiles]
    return {"tiles": shaded, "said": said}


@register.inclusion_tag("parts/life.html")
def lifecycle(main, aside, ways, now="", done=(), said=""):
    """Draw the life of a thing (流转图): (slug, word) states, (from, to, word) ways, where it stands."""
    boxes, drawn, width, height = drawing.lifecycle(list(main), list(aside), list(ways), now, list(done))
    return {"boxes": boxes, "ways": drawn, "width": width, "height": height, "said": said}


@register.inclusion_tag("parts/bar.html")
def bar(word, value, most, note="", url=""):
    """Draw one bar (条形): a word, how much of the most, and both numbers beside it."""
    return {"word": word, "value": value, "most": most, "note": note, "url": url}
