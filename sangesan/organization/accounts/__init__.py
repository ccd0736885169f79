"""Accounts (账号): login, invitation, second factor, sessions."""
