"""Channels (渠道): one shelf each, all alike. Whatever is asked of a channel is read from its shelf."""

from __future__ import annotations

from . import (
    box,
    correspondent,
    discipline,
    leaders,
    letter,
    phone,
    proposal,
    reception_day,
    union,
    upper,
    visit,
)
from .shelf import Extra, Form, Hand, Shelf

SHELVES: dict[str, Shelf] = {shelf.SHELF.slug: shelf.SHELF for shelf in (
    leaders, discipline, union, reception_day, letter, visit, phone, correspondent, box, proposal, upper)}


def public() -> list[Shelf]:
    """Return the channels with a public page (公开渠道), in the order of the chapter."""
    return [shelf for shelf in SHELVES.values() if shelf.page]


def entered(hand: Hand = Hand.OFFICE) -> list[Shelf]:
    """Return the channels an office enters one by one (登记渠道)."""
    return [shelf for shelf in SHELVES.values() if shelf.by(hand) and shelf.form == Form.ENTRY]


def papers() -> list[Shelf]:
    """Return the channels by which papers come (纸件渠道): what the mine may not keep of them is handed up."""
    return [shelf for shelf in SHELVES.values() if shelf.absent or shelf.slug == "visit"]


def machines() -> frozenset[str]:
    """Return the channels the public interface takes words for (接口渠道)."""
    return frozenset(slug for slug, shelf in SHELVES.items() if shelf.machines)


__all__ = ["SHELVES", "Extra", "Form", "Hand", "Shelf", "entered", "machines", "papers", "public"]
