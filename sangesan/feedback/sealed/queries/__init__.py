"""Reads of the discipline mailbox (纪检监察信箱查询)."""

from . import keys, room
from .keys import (
    Line,
    Readers,
    abandoned,
    chain,
    key_of,
    mailbox,
    managed,
    paper,
    pending,
    readers,
    ready,
    recipients,
    removable,
    titled,
    trusted,
)
from .room import Missing, alone, figures, letter_for, missing, opener, unopened, visible
from .speaking import Heard, closed_of, heard, proof, road

__all__ = ["Heard", "Line", "Missing", "Readers", "abandoned", "alone", "chain", "closed_of", "figures", "heard",
           "key_of", "keys", "letter_for", "mailbox", "managed", "missing", "opener", "paper", "pending", "proof",
           "readers", "ready", "recipients", "removable", "road", "room", "titled", "trusted", "unopened", "visible"]
