"""Files that are given out (出件): never opened in place, never kept by a browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def given(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file as a download (下载): attachment, no-store, nosniff, sandboxed."""
    plain = f"document{'.xlsx' if name.endswith('.xlsx') else '.pdf' if kind == PDF else '.docx'}"
    return HttpResponse(content, content_type=kind, headers={
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store, private", "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'"})
