"""Errors (错误): what, why and what next, in plain Chinese (ux.md, States)."""

from __future__ import annotations

from django.utils.translation import gettext as _


class UserError(Exception):
    """A fault the user can mend (用户可改正的错误); `status` is the HTTP status, 4xx.

    >>> str(UserError("没有保存", why="内容是空的", next="请写几个字再提交"))
    '没有保存：内容是空的。请写几个字再提交。'
    """

    code = "invalid"
    status = 422

    def __init__(self, what: str, *, why: str = "", next: str = "", code: str = "", status: int = 0) -> None:
        self.what, self.why, self.next = what, why, next
        self.code = code or self.code
        self.status = status or self.status
        super().__init__(what)

    def __str__(self) -> str:
        said = f"{self.what}：{self.why}。" if self.why else f"{self.what}。"
        return said + (f"{self.next}。" if self.next else "")


class NotFound(UserError):
    """Absent or not visible (查无此项): no difference."""

    code, status = "not_found", 404

    def __init__(self, what: str = "", **parts: str) -> None:
        why = parts.pop("why", "") or _("它不存在，或者您没有查看的权限")
        super().__init__(what or _("没有找到这一项"), why=why, **parts)


class Conflict(UserError):
    """Somebody was faster (状态已变)."""

    code, status = "conflict", 409


class Forbidden(UserError):
    """Your own rights do not reach this far (没有权限)."""

    code, status = "forbidden", 403
