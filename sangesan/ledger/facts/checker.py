"""The page that checks a proof without a server (离线核对页), as one file."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string

TYPE = "text/html; charset=utf-8"
AS_FILE = {"Content-Disposition": "attachment; filename=sangesan-check.html"}


def page() -> str:
    """Return the page with its program in it (离线核对页)."""
    script = (Path(__file__).parent / "static/ledger/check.js").read_text(encoding="utf-8")
    return render_to_string("ledger/offline.html", {"program": f"<script>\n{script}</script>"})
