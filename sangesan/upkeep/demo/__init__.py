"""Demo mine (示范矿): 青石岭矿, an invented mine that lives through the services."""

from .people import ACCOUNTS as _ROWS
from .people import PASSWORD

ACCOUNTS = [(number, who, PASSWORD) for number, _, who, _ in _ROWS]
"""Who can be tried out (演示账号): work number, who it is, password."""
