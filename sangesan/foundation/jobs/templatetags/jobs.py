"""The progress of background work on any page (进度): `{% load jobs %}{% jobs_running %}`."""

from django import template

from sangesan.foundation.jobs import queries

register = template.Library()


@register.inclusion_tag("jobs/_running.html", takes_context=True)
def jobs_running(context):
    """Show the work under way (进行中的任务); with htmx the part asks for itself again."""
    request = context.get("request")
    return {"jobs": queries.running(), "path": request.path if request else ""}
