"""The box itself (信箱): sealed files in a folder. What is dropped in can't be read back here, not even by us.

A letter is sealed in memory before anything is written. Its file is named by the request key and a
digest of its content, both under a secret of this box, so the same form sent twice is one letter.
A letter handed over leaves an empty file behind for a week, for the same reason.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets as random
import shutil
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sangesan.feedback.speakers import codes
from sangesan.foundation import clock, hpke, parcels
from sangesan.foundation.errors import Conflict, UserError
from sangesan.foundation.pictures import NoPicture, rebuild

from . import answers
from .bundles import LARGEST, MOST, Letter

KEPT_DAYS = 7
MOST_PHOTOS = 6
SPARE = 500 * 2**20
"""Bytes of the disk that stay free (磁盘余量); a box that is full says so instead of losing letters."""


@dataclass(frozen=True)
class Setup:
    """What the inside gave this box (设置): whom it seals for, what its pages say, who may fetch."""

    name: str
    key: int
    public: bytes
    places: tuple[tuple[str, str], ...]
    token: str


class NotSetUp(UserError):
    """A box without its setup (还没有设置)."""

    code, status = "setup", 503

    def __init__(self) -> None:
        super().__init__(_("外部信箱还没有设置"), why=_("没有收到矿内给的设置文件"),
                         next=_("请在矿内运行 sangesan letterbox-setup 文件，再在这里用 --setup 装入"))


def purpose(key: int) -> str:
    """Return what a letter is sealed for (密封用途)."""
    return f"sangesan letterbox 1|{key}"


def setup() -> Setup:
    """Return the setup of this box (读设置). Raises NotSetUp."""
    path = Path(settings.DATA) / "setup.json"
    if not path.exists():
        raise NotSetUp
    return understood(path.read_bytes())


def understood(data: bytes) -> Setup:
    """Return a setup that was read (解读设置). Raises UserError when it is none."""
    try:
        said = json.loads(data)
        public = b64decode(said["public"], validate=True)
        found = Setup(str(said["name"])[:80], int(said["key"]), public, tuple(
            (str(code)[:33], str(name)[:80]) for code, name in said["places"]), str(said["token"]))
    except (ValueError, KeyError, TypeError) as broken:
        raise UserError(_("没有装入设置"), why=_("这不是外部信箱的设置文件"),
                        next=_("请在矿内用 sangesan letterbox-setup 重新生成")) from broken
    if not hpke.valid(public):
        raise UserError(_("没有装入设置"), why=_("设置文件里的公钥损坏了"), next=_("请在矿内重新生成"))
    return found


def install(data: bytes) -> Setup:
    """Put a setup into the box (装入设置)."""
    found = understood(data)
    path = Path(settings.DATA) / "setup.json"
    path.write_bytes(data)
    path.chmod(0o600)
    return found


def drop(*, key: str, words: dict[str, Any], photos: Sequence[bytes] = ()) -> str:
    """Drop a letter in (投信) and return its receipt, the same for the same form sent twice."""
    given, code = setup(), codes.issue(key)
    if len(photos) > MOST_PHOTOS:
        raise NoPicture(_("一次最多 %d 张照片") % MOST_PHOTOS, _("请少选几张"))
    made = [rebuild(photo).content for photo in photos]
    content = json.dumps([words, *(hashlib.sha256(photo).hexdigest() for photo in photos)], ensure_ascii=False)
    back = answers.lock(code)
    _lay(given, key, content, words | {"receipt": code, "slot": back.slot, "reply": back.public.hex()}, made)
    return code


def follow(*, code: str, key: str, words: dict[str, Any]) -> None:
    """Drop in what the holder of a receipt says afterwards (凭回执的后话): sealed and handed over as a letter is."""
    _lay(setup(), key, json.dumps([code, words], ensure_ascii=False), words | {"receipt": code})


def _lay(given: Setup, key: str, content: str, words: dict[str, Any], files: Sequence[bytes] = ()) -> None:
    """Lay a sealed letter into the box (入箱); the same key and content again are the same letter."""
    mark, same = codes.tag("letter", key)[:32], codes.tag("letter-body", content)[:32]
    if (before := next(folder().glob(f"{mark}-*"), None)) is not None:
        if not hmac.compare_digest(before.name.partition("-")[2].partition(".")[0], same):
            raise Conflict(_("没有再次提交"), why=_("同一个提交口令已经用于另一份内容"), next=_("请打开新的页面填写"))
        return
    if shutil.disk_usage(settings.DATA).free < SPARE:
        raise UserError(_("没有收下"), why=_("外部信箱已经满了"), next=_("请改用电话或寄信，或过几天再来"),
                        code="full", status=503)
    plain = parcels.pack(words | {"key": key, "day": f"{clock.today():%Y-%m-%d}"}, files)
    _write(folder() / f"{mark}-{same}.{given.key}.sealed", hpke.seal(given.public, plain, info=purpose(given.key)))


def lay() -> None:
    """Make keys and folder of the letters (备齐密钥和目录) at the start: made with the first, they would date it."""
    for name in ("letter", "letter-body", "receipt", "answer-slot", "answer-key"):
        codes.key(name)
    folder()


def folder() -> Path:
    """Return where the letters lie (信件目录)."""
    path = Path(settings.DATA) / "letters"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def waiting() -> list[Path]:
    """Return the letters not handed over yet (待移交), in an order that tells nothing."""
    return sorted(folder().glob("*.sealed"))


def bundle() -> list[Letter]:
    """Return letters for one bundle (取信): as many as fit."""
    found: list[Letter] = []
    size = 0
    for path in waiting()[:MOST]:
        size += path.stat().st_size
        if found and size > LARGEST:
            break
        found.append(Letter(int(path.name.split(".")[1]), path.read_bytes()))
    return found


def handed_over(names: set[str]) -> int:
    """Empty the letters that have arrived inside (移交完毕); return how many."""
    count = 0
    for path in waiting():
        if hashlib.sha256(path.read_bytes()).hexdigest() in names:
            done = path.with_name(path.name.split(".")[0] + ".done")
            done.touch(mode=0o600)
            _undate(done, clock.today())
            path.unlink()
            count += 1
    _sweep()
    return count


def _sweep() -> None:
    """Forget request keys after a week (清除提交口令)."""
    floor = _midnight(clock.today() - timedelta(days=KEPT_DAYS))
    for path in folder().glob("*.done"):
        if path.stat().st_mtime < floor:
            path.unlink(missing_ok=True)


def _write(target: Path, sealed: bytes) -> None:
    """Write a sealed letter durably (存信), dated by the day alone."""
    spare = target.with_suffix(f".{random.token_hex(8)}")
    with open(spare, "xb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    _undate(spare, clock.today())
    spare.rename(target)
    _undate(target.parent, clock.today())
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _undate(path: Path, day: date) -> None:
    os.utime(path, (_midnight(day),) * 2)


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), clock.LOCAL).timestamp()
