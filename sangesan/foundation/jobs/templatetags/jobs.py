"""The progress of the demo on its pages (示范进度): `{% load jobs %}{% demo_progress %}`."""

from django import template
from django.conf import settings

from sangesan.foundation.jobs import queries

register = template.Library()


@register.inclusion_tag("jobs/_demo.html", takes_context=True)
def demo_progress(context):
    """Show how far the demo has come (示范数据进度); a real enterprise pays nothing for it."""
    job = queries.of("demo") if settings.DEMO else None
    request = context.get("request")
    return {"job": job if job and job.state != "done" else None, "path": request.path if request else ""}
