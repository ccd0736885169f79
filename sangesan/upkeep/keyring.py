"""The copy of the secrets (密钥备份): apart from the backups of the database, sealed to the same paper key.

Database and secrets together open what neither opens alone, so they never lie in one folder. The fingerprint that pins
the paper key of the inspectors' mailbox goes with the secrets: taken from the database it would pin nothing. So does
the list of what was erased: a database that is restored elsewhere shows erased names until it is there.
"""

from __future__ import annotations

import io
import os
import re
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings

from sangesan.feedback.sealed.queries import keys
from sangesan.feedback.speakers import codes
from sangesan.foundation import clock, secrets
from sangesan.foundation.errors import UserError

from . import backup, erased, vault

NAMES = (
    "api", "device", "discipline-shut", "factors", "feed", "invitation", "invitation-kept", "letterbox-token",
    "recovery", "seal", "session", "throttle",
)
"""Secrets of one key each (单钥)."""
TURNING = (
    "afterword", "answer-key", "answer-slot", "body", "discipline-pepper", "identity", "letterbox", "outbox",
    "outbox-account", "owner", "receipt", "receipt-store", "replay",
)
"""Secrets that have numbers and can be changed for new ones (可换钥)."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
LARGEST = 1 << 20
"""No secret is larger (密钥文件上限); the list of what was erased grows with the years."""


def place() -> Path:
    """Return where the secrets stand (密钥目录)."""
    return Path(settings.DATA) / "secrets"


def lay() -> None:
    """Make all secrets at once (备齐密钥), before anybody speaks.

    One made at its first use tells when that was, to the second: the first confidential name, the first sealed letter.
    And a copy of the secrets would lack what was first used after it.
    """
    for name in NAMES:
        secrets.text(settings.DATA, name)
    for name in TURNING:
        codes.key(name)


def save(target: Path) -> int:
    """Seal a copy of all secrets (备份密钥) into a file and return how many there are."""
    to = vault.public()
    if to is None:
        raise UserError("没有备份密钥", why="还没有备份钥匙，密钥不能不加密就拿出去",
                        next="请先运行 sangesan backup --new-key")
    if target.resolve().parent.is_relative_to(backup.folder().resolve()):
        raise UserError("没有备份密钥", why="密钥不能和数据库的备份放在一处", next="请换一个文件夹，最好是另一块盘")
    if target.exists():
        raise UserError(f"没有备份到 {target}", why="这个文件已经存在", next="请换一个文件名")
    if not (target.parent.is_dir() and os.access(target.parent, os.W_OK)):
        raise UserError(f"没有备份到 {target}", why=f"文件夹 {target.parent} 不存在或不能写入",
                        next="请先建好文件夹，或换一个位置")
    kept = [path for path in [*sorted(place().iterdir()), keys.pin()] if path.is_file() and NAME.fullmatch(path.name)]
    if backup.built():
        erased.keep()
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="keys-") as folder:
        bundle = Path(folder) / "keys.tar"
        with tarfile.open(bundle, "w") as out:
            for path in [*kept, *filter(Path.is_file, [erased.place()])]:
                out.add(path, arcname=path.name, recursive=False)
        vault.seal(bundle, target, to)
    (Path(settings.DATA) / "last-keys").write_text(clock.wall().isoformat() + "\n")
    return len(kept)


def bring_back(plain: Path) -> tuple[int, Path]:
    """Put the secrets of a copy in place (恢复密钥); those of now are set aside. Returns how many, and where.

    Everything is read before anything is moved, so that a damaged copy changes nothing. The list of what was erased is
    taken over into the one of now; whoever calls erases again.
    """
    found = _read(plain)
    if erased.NAME in found:
        erased.learn(found.pop(erased.NAME), source=plain)
    aside = place().with_name(f"secrets-{clock.local(clock.wall()):%Y%m%d-%H%M%S}")
    fresh = Path(tempfile.mkdtemp(dir=settings.DATA, prefix="keys-"))
    for name, content in found.items():
        with os.fdopen(os.open(fresh / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    pinned = fresh / keys.pin().name
    place().rename(aside)
    if pinned.exists():
        if keys.pin().exists():
            keys.pin().rename(aside / pinned.name)
        pinned.rename(keys.pin())
    fresh.rename(place())
    return len(found), aside


def _fits(one: tarfile.TarInfo) -> bool:
    return one.size <= LARGEST or one.name == erased.NAME


def _read(plain: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(plain.read_bytes()), mode="r:") as kept:
            for one in kept:
                file = kept.extractfile(one) if one.isreg() and _fits(one) else None
                if file is None or not NAME.fullmatch(one.name):
                    raise tarfile.TarError
                found[one.name] = file.read()
    except tarfile.TarError:
        found = {}
    if "django" not in found:
        raise UserError("没有恢复密钥", why="这个文件不是密钥的备份", next="请用 sangesan backup --secrets 写出的文件")
    return found
