"""Changes of accounts (账号服务)."""

from .administration import agree_factor_reset, ask_factor_reset, ask_reset, deactivate, invite
from .demo import open_demo_accounts
from .invitations import first as invite_first
from .tidying import tidy
from .tokens import api_scope, make_token, revoke_token

__all__ = [
    "agree_factor_reset", "api_scope", "ask_factor_reset", "ask_reset", "deactivate", "invite", "invite_first",
    "make_token", "open_demo_accounts", "revoke_token", "tidy",
]
