"""Where to go after signing in (返回地址): staff pages of this house and nowhere else."""

from django.utils.http import url_has_allowed_host_and_scheme

HOME = "/w/"


def where_to(address: str, otherwise: str = HOME) -> str:
    """Return the address when it is a staff page of ours (站内地址), else `otherwise`.

    >>> where_to("/w/matters/?state=graded"), where_to("//evil.example/w/"), where_to("/w/login/?next=/w/")
    ('/w/matters/?state=graded', '/w/', '/w/')
    """
    address = (address or "")[:500]
    ours = address.startswith("/w/") and "\\" not in address and not any(ord(c) < 33 for c in address)
    doors = ("/w/login/", "/w/logout/", "/w/factor/", "/w/invitation/", "/w/reset/")
    if ours and not address.startswith(doors) and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return otherwise
