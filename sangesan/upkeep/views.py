"""Pages of upkeep (运维页面)."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from . import health


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer a machine that asks whether all is well (健康检查): 200 ok, 503 failing."""
    state = health.look()
    answer = JsonResponse(state, status=200 if state["status"] == "ok" else 503)
    answer["Cache-Control"] = "no-store"
    return answer
