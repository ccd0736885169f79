"""Documents for tests (造文件): as people's programs write them, with all that must not stay."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from PIL import Image

AUTHOR = "Zhang-San-the-author"
WORDS = "工资每月十五日发"


def word(*, macro: bool = False, bomb: int = 0, words: str = WORDS) -> bytes:
    """Return a docx with an author, a comment, a picture and a table."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = AUTHOR
    first = made.add_paragraph(words)
    made.add_comment(first.runs, text="看看", author=AUTHOR)
    made.add_table(1, 2).cell(0, 1).text = "三千元"
    made.add_picture(picture())
    kept = BytesIO()
    made.save(kept)
    with ZipFile(kept, "a", ZIP_DEFLATED) as more:
        if macro:
            more.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
        if bomb:
            with more.open("word/media/bomb.xml", "w") as part:
                for _n in range(bomb):
                    part.write(bytes(2**20))
    return kept.getvalue()


def swollen(size: int) -> bytes:
    """Return a docx whose text is so many MB of nothing, and small while it is packed."""
    kept = BytesIO()
    with ZipFile(BytesIO(word())) as source, ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for name in source.namelist():
            if name != "word/document.xml":
                made.writestr(name, source.read(name))
        with made.open("word/document.xml", "w") as part:
            for _n in range(size):
                part.write(b" " * 2**20)
    return kept.getvalue()


def picture() -> BytesIO:
    kept = BytesIO()
    Image.new("RGB", (60, 40), "red").save(kept, "PNG")
    kept.seek(0)
    return kept


def pdf(pages: int = 1, *, side: float = 595, content: bytes = b"0 0 1 rg 50 50 200 100 re f") -> bytes:
    """Return a PDF with an author, a script and an attached file."""
    kids = " ".join(f"{n} 0 R" for n in range(10, 10 + pages))
    parts = [
        (1, f"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Names << "
            f"/EmbeddedFiles << /Names [({AUTHOR}) 5 0 R] >> >> >>"),
        (2, f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>"),
        (3, f"<< /Author ({AUTHOR}) /Creator ({AUTHOR}) >>"),
        (4, f"<< /Length {len(content)} >>\nstream\n{content.decode()}\nendstream"),
        (5, f"<< /Type /Filespec /F ({AUTHOR}) >>"),
        *((n, f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {side} 842] /Contents 4 0 R >>")
          for n in range(10, 10 + pages)),
    ]
    out, at = bytearray(b"%PDF-1.7\n"), {}
    for number, body in parts:
        at[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start, last = len(out), max(at) + 1
    rows = "".join(f"{at.get(n, 0):010d} {'00000 n' if n in at else '65535 f'} \n" for n in range(last))
    return bytes(out) + (f"xref\n0 {last}\n{rows}trailer\n<< /Size {last} /Root 1 0 R /Info 3 0 R >>\n"
                         f"startxref\n{start}\n%%EOF\n").encode()
