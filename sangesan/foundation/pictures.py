"""Pictures (图片) rebuilt from their pixels: nothing else of what was sent survives.

Type by content, never by name. Size is judged from the header before a pixel is decoded, JPEG is
decoded at a reduced scale, and few decode at once, so a bomb costs no more memory than a photo.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

from .errors import UserError

LARGEST = 8 * 2**20  # bytes of one file
EDGE = 2000  # pixels of the longer side that is kept
QUALITY = 82
PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
PROGRESSIVE = 48_000_000  # a progressive JPEG keeps all its coefficients while it is read
KINDS = ("JPEG", "PNG", "WEBP")
_TURNS = threading.BoundedSemaphore(2)
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,), 3: (Image.Transpose.ROTATE_180,), 4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,), 6: (Image.Transpose.ROTATE_270,), 7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}


@dataclass(frozen=True)
class Picture:
    """A rebuilt picture (图片): a plain JPEG without any metadata."""

    content: bytes
    width: int
    height: int


class NoPicture(UserError):
    """What was sent can't be kept (图片不能收)."""

    code, status = "photo", 422

    def __init__(self, why: str, next: str = "") -> None:
        super().__init__(_("没有收下照片"), why=why, next=next or _("请换一张 JPG、PNG 或 WebP 照片"))


def rebuild(data: bytes, wanted: str = "") -> Picture:
    """Rebuild a picture from its pixels (重建图片): upright, at most EDGE pixels, RGB, JPEG.

    Raises NoPicture saying why, with `wanted` instead where more than photos is taken. Only the first frame of a
    moving picture is kept.
    """
    if not data:
        raise NoPicture(_("文件是空的"), wanted)
    if len(data) > LARGEST:
        raise NoPicture(_("文件超过 %d MB") % (LARGEST >> 20), _("请把照片调小一些再选"))
    with _TURNS:
        try:
            with Image.open(BytesIO(data), formats=KINDS) as source:
                _fits(source)
                return _developed(source)
        except NoPicture:
            raise
        except Exception as broken:  # a decoder that is fed hostile bytes may raise anything
            raise NoPicture(_told(data), wanted) from broken


def rebuild_all(sent: Sequence[bytes], most: int) -> list[Picture]:
    """Rebuild what was sent at once (重建几张), at most so many. Raises NoPicture naming the one that can't be kept."""
    if len(sent) > most:
        raise NoPicture(_("一次最多 %d 张照片") % most, _("请少选几张"))
    made = []
    for place, data in enumerate(sent, start=1):
        try:
            made.append(rebuild(data))
        except NoPicture as fault:
            raise NoPicture(_("第 %(n)d 张：%(why)s") % {"n": place, "why": fault.why}, fault.next) from fault
    return made


def _fits(source: Image.Image) -> None:
    """Judge the size from the header (看尺寸), before anything is decoded."""
    most = PIXELS.get(source.format or "", 0)
    if source.info.get("progressive") or source.info.get("progression"):
        most = min(most, PROGRESSIVE)
    if source.width * source.height > most or max(source.size) > 30_000:
        raise NoPicture(_("照片尺寸太大（%(w)d×%(h)d）") % {"w": source.width, "h": source.height},
                        _("请截图或调小后再选"))


def _developed(source: Image.Image) -> Picture:
    turns = _UPRIGHT.get(_orientation(source), ())
    if source.format in ("JPEG", "MPO"):
        source.draft("RGB", (EDGE, EDGE))
    source.load()
    pixels = _flat(source)
    pixels.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    for turn in turns:
        pixels = pixels.transpose(turn)
    clean = Image.new("RGB", pixels.size)
    clean.paste(pixels)
    kept = BytesIO()
    clean.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Picture(kept.getvalue(), clean.width, clean.height)


def _flat(source: Image.Image) -> Image.Image:
    """Lay a see-through picture on white (去透明)."""
    if source.mode in ("RGBA", "LA", "PA") or "transparency" in source.info:
        clear = source.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return source.convert("RGB")


def _orientation(source: Image.Image) -> int:
    try:
        return int(source.getexif().get(_ORIENTATION, 1))
    except Exception:  # broken metadata is no reason to refuse the pixels
        return 1


def _told(data: bytes) -> str:
    """Say what kind of file it is instead (文件类型), as far as the first bytes tell."""
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        return _("这是 HEIC 照片，暂时读不了")
    if data.startswith(b"%PDF"):
        return _("这是 PDF 文件，这里只收照片")
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        return _("照片已经损坏，读不出来")
    return _("这不是照片")
