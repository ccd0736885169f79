"""Figures drawn on the server (服务器画的图): no script, the same picture on a phone and on paper."""

from __future__ import annotations

from django import template

register = template.Library()
