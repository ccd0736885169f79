"""Origin (来源页): does a form come from our own pages? For pages that set no cookie."""

from __future__ import annotations

from urllib.parse import urlsplit


def same_origin(request) -> bool:
    """Return whether a browser sent this from our own host (同源).

    Browsers say so in `Origin`, and newer ones in `Sec-Fetch-Site`; when both are missing the
    request comes from no browser's form and carries nobody's rights.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin", "")
    try:
        return not origin or urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False
