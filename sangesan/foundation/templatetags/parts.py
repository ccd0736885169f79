"""Parts of a page (页面部件), filled with words: form fields, steps, timeline, pager, tabs, empty."""

from __future__ import annotations

from collections import Counter

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from sangesan.foundation.once.tokens import FIELD, fresh_key

register = template.Library()

PLAIN = ("checkbox", "radio", "file", "hidden")


@register.inclusion_tag("parts/field.html")
def field(bound, help="", label="", placeholder="", rows=None, autofocus=False):
    """Draw a form field (表单项) with label, help and error tied to it for screen readers."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    many = hasattr(widget, "subwidgets") and kind in ("radio", "checkbox") and hasattr(bound.field, "choices")
    return _drawn(bound, help, label, placeholder=placeholder, rows=rows, autofocus=autofocus) | {
        "kind": "group" if many else kind}


@register.filter
def tally(names):
    """Return names in their order, each once, with how often where that is more (计次列名).

    >>> tally(["分办员", "书记", "分办员"])
    '分办员（2 次）、书记'
    """
    often = _("%(name)s（%(n)d 次）")
    return "、".join(often % {"name": name, "n": n} if n > 1 else name for name, n in Counter(names).items())


@register.simple_tag
def once():
    """Draw the random token of a form (表单口令) on pages without a staff login: pressed twice, it is one act."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, fresh_key())


@register.inclusion_tag("parts/inset.html")
def inset(bound, icon="", help="", placeholder=""):
    """Draw a field in one line (行内项): icon, label, and what is typed or switched at the right."""
    switch = getattr(bound.field.widget, "input_type", "") == "checkbox"
    return _drawn(bound, help, placeholder=placeholder, role="switch" if switch else None) | {"sign": icon}


@register.inclusion_tag("parts/photos.html")
def photos(bound, word="", help="", most=6):
    """Draw a chooser for photos (选照片); with `frame/photos.js` they are shown and made smaller first."""
    return _drawn(bound, help) | {"most": most, "word": word or _("拍照")}


def _drawn(bound, help="", label="", **attrs):
    described = [i for i, there in ((f"{bound.auto_id}_help", help or bound.help_text),
                                    (f"{bound.auto_id}_error", bound.errors)) if there]
    attrs |= {"aria-invalid": "true" if bound.errors else None, "aria-describedby": " ".join(described)}
    return {
        "bound": bound, "control": bound.as_widget(attrs={name: said for name, said in attrs.items() if said}),
        "help": help or bound.help_text, "label": label or bound.label, "optional": not bound.field.required,
    }


@register.inclusion_tag("parts/picks.html")
def picks(bound, tones="", help="", label="", icons="", notes="", first=0):
    """Draw choices as large tiles (大按钮选项), one tap each; `tones` paints them, as in "a b c".

    `icons` are names, `notes` small words parted by "|"; `first` tiles stand open, the others are folded.
    """
    more = {"tone": tones.split(), "sign": icons.split(), "note": notes.split("|") if notes else []}
    options = [
        {"option": option, **{name: said[i] if i < len(said) else "" for name, said in more.items()}}
        for i, option in enumerate(bound)
    ]
    shown, folded = (options[:first], options[first:]) if first else (options, [])
    return {
        "bound": bound, "help": help or bound.help_text, "label": label or bound.label, "options": shown,
        "folded": folded, "open": any(o["option"].data["selected"] for o in folded), "three": len(shown) in (3, 6),
        "optional": not bound.field.required,
    }


@register.inclusion_tag("parts/summary.html")
def error_summary(form):
    """List the errors of a form (错误汇总) at its top, each a link to its field."""
    found = []
    for name, errors in (form.errors.items() if form is not None and form.is_bound else ()):
        target = form[name].auto_id if name in form.fields else ""
        found += [(target, form[name].label if target else "", e) for e in errors]
    return {"errors": found}


@register.inclusion_tag("parts/steps.html")
def steps(items):
    """Draw a bar of steps (步骤条): each {"word", "state": done|now|"", "note"}."""
    return {"steps": list(items)}


@register.inclusion_tag("parts/timeline.html")
def timeline(entries):
    """Draw a timeline (办理过程): each {"word", "at", "text", "note", "tone": ""|now|late}, early to late."""
    return {"entries": list(entries)}


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context, *, total=None, after="", before="", first=False):
    """Draw a keyset pager (翻页): 共 N 条, previous and next by cursor; filters stay in the address."""
    return {"request": context["request"], "total": total, "after": after, "before": before, "first": first}


@register.inclusion_tag("parts/tabs.html")
def tabs(items, label=""):
    """Draw tabs (页签): each {"word", "url", "here", "count"}."""
    return {"tabs": list(items), "label": label or _("分类")}


@register.inclusion_tag("parts/trail.html")
def trail(*pairs):
    """Draw where we are (位置): word, url, word, url, …, last word."""
    words = list(pairs)
    return {"links": list(zip(words[:-1:2], words[1:-1:2], strict=False)), "last": words[-1]}


@register.inclusion_tag("parts/empty.html")
def empty(title, why="", url="", word="", icon="inbox"):
    """Say why nothing is here (空状态) and offer one action."""
    return {"title": title, "why": why, "url": url, "word": word, "sign": icon}


@register.inclusion_tag("parts/progress.html")
def progress(done, total, word=""):
    """Show counted progress (进度): 已处理 312 / 1,480."""
    return {"done": done, "total": total, "word": word or _("已处理")}
