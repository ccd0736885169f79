"""Middleware (中间件): who is asking, and what may this person reach."""

from sangesan.method.authority import NOBODY
from sangesan.organization.people.queries import scope_of


class ScopeMiddleware:
    """Set `request.scope` (权限范围) from the signed-in account; NOBODY for anyone else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = getattr(request, "user", None)
        request.scope = scope_of(user.person_id) if user is not None and user.is_authenticated else NOBODY
        return self.get_response(request)
