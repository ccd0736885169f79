"""Files (文件样本) for the tests: photos with all the metadata phones and programs leave in them."""

from __future__ import annotations

import io
import struct

from PIL import Image, PngImagePlugin


def _pixels(size: tuple[int, int], corner: bool = False) -> Image.Image:
    image = Image.new("RGB", size, (30, 60, 90))
    if corner:
        image.paste((250, 20, 20), (0, 0, 8, 8))
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """Return metadata as a phone writes it (相机信息), with a position."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "GPS-SECRET maker"
    made.get_ifd(0x8825).update({1: "N", 2: (37.0, 4.0, 12.0), 3: "E", 4: (114.0, 30.0, 5.0)})
    return made


def jpeg(size: tuple[int, int] = (64, 48), orientation: int = 1, corner: bool = False) -> bytes:
    """Return a photo (照片) with position, comment, profile and description."""
    kept = io.BytesIO()
    _pixels(size, corner).save(kept, "JPEG", quality=95, exif=exif(orientation), comment=b"COMMENT-SECRET",
                               icc_profile=b"ICC-SECRET" * 20, xmp=b"<x>XMP-SECRET</x>")
    return kept.getvalue()


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a screenshot (截图) with texts."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "TEXT-SECRET")
    text.add_itxt("Comment", "TEXT-SECRET 张大力")
    kept = io.BytesIO()
    _pixels(size).save(kept, "PNG", pnginfo=text, exif=exif())
    return kept.getvalue()


def webp(size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a picture as chat programs send it (网络图片)."""
    kept = io.BytesIO()
    _pixels(size).save(kept, "WEBP", exif=exif(), xmp=b"<x>XMP-SECRET</x>")
    return kept.getvalue()


def jpeg_header(width: int, height: int) -> bytes:
    """Return a JPEG that announces a huge size and holds nothing (虚报尺寸)."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes((1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1))
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x0c" + b"\x00" * 10
