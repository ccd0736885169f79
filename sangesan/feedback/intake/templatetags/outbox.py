"""What the report page needs to work without network (断网上报所需)."""

from __future__ import annotations

from django import template

from .. import scripts
from ..outbox import offer

register = template.Library()


@register.inclusion_tag("intake/_outbox_head.html", takes_context=True)
def outbox_head(context):
    """Name the manifest, the icon and the one script (页首)."""
    return {"nonce": context["request"].csp_nonce, "script": scripts.address()}


@register.inclusion_tag("intake/_outbox.html", takes_context=True)
def outbox_box(context):
    """Draw the outbox (待发箱), shown by the script when something stands in it; with what a device seals with."""
    scope = context["request"].scope
    return {"offer": offer(scope) if scope.person else None}
