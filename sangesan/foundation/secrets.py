"""Secrets (密钥): files of mode 0600 outside database and backup set (contracts.md)."""

from __future__ import annotations

import os
import secrets as random
from pathlib import Path


def text(data: Path, name: str) -> str:
    """Return the secret of that name (密钥) as hex, made on first use with mode 0600."""
    folder = Path(data) / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as out:
        out.write(random.token_hex(32))
    return path.read_text().strip()


def key(data: Path, name: str) -> bytes:
    """Return the secret of that name as 32 bytes."""
    return bytes.fromhex(text(data, name))


def kept(data: Path, name: str) -> str:
    """Return what was kept under a name (读取), '' when nothing was."""
    path = Path(data) / "secrets" / name
    return path.read_text() if path.exists() else ""


def keep(data: Path, name: str, words: str) -> None:
    """Keep words of others under a name (保存), mode 0600, in the place of what was there."""
    folder = Path(data) / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f".{name}.{random.token_hex(4)}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(words)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(folder / name)
