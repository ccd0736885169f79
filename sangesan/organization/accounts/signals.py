"""What others may wish to hear about accounts (账号信号); `notices`, a floor above, listens and tells the holder."""

from django.dispatch import Signal

touched = Signal()
"""Somebody did something to accounts: `persons` (their ids) and `kind` (what it was)."""
