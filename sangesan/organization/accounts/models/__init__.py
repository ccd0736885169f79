"""Tables of accounts (账号): how a person proves to be that person; permissions come from posts."""

from .access import ApiToken, Feed, Throttle
from .account import Account
from .factors import Authenticator, Device, Passkey, RecoveryCode
from .invitations import Invitation, Request

__all__ = [
    "Account", "ApiToken", "Authenticator", "Device", "Feed", "Invitation", "Passkey", "RecoveryCode", "Request",
    "Throttle",
]
