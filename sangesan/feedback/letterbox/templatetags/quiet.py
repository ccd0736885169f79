"""Stands in for the demo's progress (示范进度), which an outside letterbox has no database to ask for."""

from django import template

register = template.Library()


@register.simple_tag
def demo_progress() -> str:
    """Say nothing (无进度)."""
    return ""
