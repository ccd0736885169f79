"""PDF rebuilt from its pages as pictures (重建 PDF): what is kept is what a printer would put on paper."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from .refusing import Refused

if TYPE_CHECKING:
    import pypdfium2

PAGES = 30
EDGE = 2000  # pixels of the longer side of a page
DOTS = 150  # to the inch
QUALITY = 72
LARGEST = 24 * 2**20
WORDS = 6_000
"""Signs of a document that are read (读出的字数)."""


def rebuild(data: bytes) -> tuple[bytes, int, str]:
    """Return a PDF of pictures, how many pages it has, and the words it had; a scan has none. Raises Refused."""
    import pypdfium2

    try:
        source = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Refused("locked" if "password" in str(fault).lower() else "broken") from fault
    count = len(source)
    if count > PAGES:
        raise Refused("pages")
    if not count:
        raise Refused("broken")
    source.init_forms()
    paper, words = Paper(), ""
    for number in range(count):
        page = source[number]
        wide, high = page.get_size()
        if not (1 <= wide <= 14_400 and 1 <= high <= 14_400):
            raise Refused("large")
        bitmap = page.render(scale=min(DOTS / 72, EDGE / max(wide, high)))
        picture = bitmap.to_pil().convert("RGB")
        kept = BytesIO()
        picture.save(kept, "JPEG", quality=QUALITY)
        paper.page(kept.getvalue(), picture.size, (wide, high))
        bitmap.close()
        if len(words) < WORDS:
            words += f"{_read(page)}\n"
        page.close()
        if paper.size > LARGEST:
            raise Refused("large")
    return paper.done(), count, words[:WORDS]


def _read(page: pypdfium2.PdfPage) -> str:
    """Return the words of a page (一页文字), none where they can't be read: the page is kept all the same."""
    try:
        return page.get_textpage().get_text_range().encode("utf-8", "ignore").decode()
    except Exception:  # what is drawn is what counts
        return ""


_PICTURE = re.compile(rb"/Subtype /Image /Width (\d+) /Height (\d+) [^>]*/DCTDecode /Length (\d+) >>\nstream\n")


def pictures(data: bytes) -> list[tuple[bytes, int, int]]:
    """Return the pages of a PDF that was rebuilt here (逐页图片): JPEG, width, height; it is written so plainly."""
    found, at = [], 0
    while picture := _PICTURE.search(data, at):
        wide, high, size = map(int, picture.groups())
        at = picture.end() + size
        found.append((data[picture.end():at], wide, high))
    return found


class Paper:
    """A PDF of pictures (图片 PDF), written as plainly as the format allows: no date, no author, no program."""

    def __init__(self) -> None:
        self._out, self._at, self._pages = bytearray(b"%PDF-1.4\n"), {}, []

    @property
    def size(self) -> int:
        return len(self._out)

    def page(self, jpeg: bytes, pixels: tuple[int, int], points: tuple[float, float]) -> None:
        """Lay a picture over a whole page (加一页)."""
        first = 3 + 3 * len(self._pages)
        wide, high = (f"{side:.2f}" for side in points)
        drawn = f"{wide} 0 0 {high} 0 0 cm /P Do".encode()
        self._object(first, f"<< /Type /XObject /Subtype /Image /Width {pixels[0]} /Height {pixels[1]} /ColorSpace "
                            f"/DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>", jpeg)
        self._object(first + 1, f"<< /Length {len(drawn)} >>", drawn)
        self._object(first + 2, f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents {first + 1} 0 R "
                                f"/Resources << /XObject << /P {first} 0 R >> >> >>")
        self._pages.append(first + 2)

    def done(self) -> bytes:
        """Return the whole (写完)."""
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(1, "<< /Type /Catalog /Pages 2 0 R >>")
        self._object(2, f"<< /Type /Pages /Kids [{kids}] /Count {len(self._pages)} >>")
        start, count = len(self._out), len(self._at) + 1
        table = "".join(f"{self._at[number]:010d} 00000 n \n" for number in range(1, count))
        self._out += f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n".encode()
        self._out += f"startxref\n{start}\n%%EOF\n".encode()
        return bytes(self._out)

    def _object(self, number: int, head: str, stream: bytes | None = None) -> None:
        self._at[number] = len(self._out)
        self._out += f"{number} 0 obj\n{head}\n".encode()
        if stream is not None:
            self._out += b"stream\n" + stream + b"\nendstream\n"
        self._out += b"endobj\n"
