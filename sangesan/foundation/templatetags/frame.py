"""Tags every page may use (页面标签)."""

from django import template

register = template.Library()
