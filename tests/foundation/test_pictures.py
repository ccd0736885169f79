"""Pictures are rebuilt from their pixels: what else was in the file is gone, what is no picture is refused."""

from __future__ import annotations

import io
import resource
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from sangesan.foundation.pictures import EDGE, LARGEST, NoPicture, rebuild
from tests import files

SECRETS = (b"GPS-SECRET", b"COMMENT-SECRET", b"TEXT-SECRET", b"XMP-SECRET", b"TAIL-SECRET", b"Exif", b"ICC_PROFILE")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_position_comment_and_everything_else_but_the_pixels_is_gone():
    for sent in (files.jpeg(), files.png(), files.webp()):
        picture = rebuild(sent + b"TAIL-SECRET<script>alert(1)</script>PK\x03\x04")
        assert not [secret for secret in SECRETS if secret in picture.content]
        made = opened(picture.content)
        assert made.format == "JPEG" and not made.getexif() and "comment" not in made.info
        assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_samples_do_hold_what_must_be_gone():
    assert b"GPS-SECRET" in files.jpeg() and b"COMMENT-SECRET" in files.jpeg() and b"TEXT-SECRET" in files.png()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation):
    made = opened(rebuild(files.jpeg(size=(80, 40), orientation=orientation, corner=True)).content)
    upright = (80, 40) if orientation < 5 else (40, 80)
    assert made.size == upright
    corners = {(0, 0): 1, (made.width - 8, 0): 2, (made.width - 8, made.height - 8): 3, (0, made.height - 8): 4}
    red = [c for c in corners if made.getpixel((c[0] + 3, c[1] + 3))[0] > 150]
    stored_top_left_seen_at = {1: 1, 2: 2, 3: 3, 4: 4, 5: 1, 6: 2, 7: 3, 8: 4}
    assert [corners[c] for c in red] == [stored_top_left_seen_at[orientation]]


def test_a_large_photo_is_made_smaller_and_keeps_its_shape():
    picture = rebuild(files.jpeg(size=(4000, 3000)))
    assert (picture.width, picture.height) == (EDGE, 1500)


def test_clear_parts_become_white_and_odd_modes_are_read():
    clear = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(clear, "PNG")
    assert opened(rebuild(clear.getvalue()).content).getpixel((5, 5)) == (255, 255, 255)
    for mode in ("1", "L", "P", "LA", "I;16"):
        odd = io.BytesIO()
        Image.new(mode, (20, 20)).save(odd, "PNG")
        assert rebuild(odd.getvalue()).width == 20
    ink = io.BytesIO()
    Image.new("CMYK", (20, 20)).save(ink, "JPEG")
    assert rebuild(ink.getvalue()).width == 20


@pytest.mark.parametrize(("sent", "said"), [
    (b"", "空"), (b"hello", "不是照片"), (b"%PDF-1.7\n", "PDF"), (b"<svg/>", "不是照片"),
    (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"), (b"GIF89a" + b"\x00" * 40, "不是照片"),
    (b"MZ" + b"\x00" * 400, "不是照片"), (b"PK\x03\x04" + b"\x00" * 40, "不是照片"), (b"\xff\xd8\xff\xe0", "损坏"),
    (b"\x89PNG\r\n\x1a\n", "损坏"), (b"x" * (LARGEST + 1), "超过"),
])
def test_what_is_no_photo_is_refused_in_words(sent, said):
    with pytest.raises(NoPicture) as refused:
        rebuild(sent)
    assert said in refused.value.why and refused.value.next


def test_half_a_photo_is_refused():
    for whole in (files.jpeg(), files.png()):
        with pytest.raises(NoPicture):
            rebuild(whole[: len(whole) // 2])


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kB that would fill gigabytes (解压炸弹)."""
    packed = zlib.compress(b"\x00" * 30_000_000, 9)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", packed) + chunk(b"IEND", b""))


def test_bombs_are_refused_with_flat_memory():
    sent = [bomb(30_000, 30_000), bomb(2**31 - 1, 2**31 - 1), bomb(60_000, 10), files.jpeg_header(20_000, 20_000)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for data in sent:
        with pytest.raises(NoPicture):
            rebuild(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kB


def test_a_text_bomb_in_a_png_is_refused_or_thrown_away():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a" * 5_000_000, zip=True)
    sent = io.BytesIO()
    Image.new("RGB", (10, 10)).save(sent, "PNG", pnginfo=text)
    try:
        assert len(rebuild(sent.getvalue()).content) < 2000
    except NoPicture as refused:
        assert refused.why
