"""The database's address (数据库地址): read once by the settings, refused in plain words when it is none."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from .errors import UserError

SCHEMES = ("postgres", "postgresql")


def postgres(url: str) -> dict[str, str | int]:
    """Return a PostgreSQL address as Django's settings name its parts (数据库地址). Raises UserError.

    >>> postgres("postgres://qsl:a%40b@10.0.0.8:5433/sangesan")["PASSWORD"]
    'a@b'
    >>> postgres("mysql://root@127.0.0.1/x")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    sangesan.foundation.errors.UserError: 没有启动
    """
    try:
        at = urlsplit(url)
        name, port = unquote(at.path.lstrip("/")), at.port or ""
    except ValueError:
        at, name, port = urlsplit(""), "", ""
    if at.scheme not in SCHEMES or not name:
        raise UserError("没有启动", why="SANGESAN_DATABASE_URL 不是 PostgreSQL 的地址",
                        next="请写成 postgres://用户:口令@主机:5432/库名，不用 PostgreSQL 时不要设置它")
    return {"NAME": name, "USER": unquote(at.username or ""), "PASSWORD": unquote(at.password or ""),
            "HOST": at.hostname or "", "PORT": port}
