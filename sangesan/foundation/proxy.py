"""Proxy (代理): what a trusted reverse proxy says about the visitor, and nobody else.

Whoever is not on the list may write anything into X-Forwarded-For; it is dropped here, so the
rest of the house simply reads REMOTE_ADDR.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings

_SAID = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_FORWARDED")


def trusted(address: str) -> bool:
    """Return whether an address is a proxy of ours (可信代理)."""
    try:
        at = ip_address(address)
    except ValueError:
        return False
    return any(at in ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES)


class ProxyMiddleware:
    """Put the visitor's address into REMOTE_ADDR when a trusted proxy names it (来访地址)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        meta = request.META
        if trusted(meta.get("REMOTE_ADDR", "")):
            hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
            while hops and trusted(hops[-1]):
                hops.pop()
            if hops:
                meta["REMOTE_ADDR"] = hops[-1]
        else:
            for name in _SAID:
                meta.pop(name, None)
        return self.get_response(request)
