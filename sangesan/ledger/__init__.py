"""Ledger (台账): what happened, once, for ever; evidence beside it; who looked at what."""
