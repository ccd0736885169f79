"""Pages of the frame itself (框架页面): errors and the look."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .errors import Conflict, Forbidden, NotFound, UserError
from .middleware import answer
from .uploads import let_finish


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when the sending was too big (内容过大)."""
    if isinstance(exception, RequestDataTooBig):
        let_finish(request)
        return answer(request, UserError(
            _("没有收下"), why=_("这次提交的内容太大"), next=_("请减少文字或换小一些的照片，再提交一次"),
            code="too_large", status=413,
        ))
    return answer(request, UserError(
        _("没有看懂这次请求"), why=_("地址或内容不完整"), next=_("请回到上一页重新填写"),
        code="bad_request", status=400,
    ))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 (没有权限)."""
    return answer(request, Forbidden(
        _("这一页不在您的权限之内"), why=_("您的岗位没有这项操作"), next=_("如工作需要，请联系安全管理员"),
    ))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer an expired form (页面过期): typed words stay in the browser's own draft."""
    return answer(request, Conflict(
        _("没有提交成功"), why=_("页面停留过久，登录已更新"),
        next=_("请回到上一页刷新后再提交，您写的内容还在"), code="expired", status=403,
    ))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: absent and not visible look the same (查无此页)."""
    return answer(request, NotFound(next=_("请核对编号或地址，或从首页重新进入")))


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without database, session or context processors (系统故障)."""
    return HttpResponse(render_to_string("errors/broken.html"), status=500)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Remember theme and type size (外观与字号) in a cookie of the staff pages."""
    theme, size = request.COOKIES.get("look", "").partition("-")[::2]
    theme = request.POST.get("theme", theme)
    size = request.POST.get("size", size)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/w/"):
        back = "/w/"
    response = HttpResponseRedirect(back)
    kept = f"{theme if theme in ('light', 'dark') else ''}-{'large' if size == 'large' else ''}"
    response.set_cookie("look", kept, max_age=365 * 86400, path="/w/", samesite="Lax", httponly=True)
    return response
