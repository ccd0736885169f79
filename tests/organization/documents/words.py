"""Word files for tests (试验文件): good ones, and every kind of bad one."""

from __future__ import annotations

import io
import zipfile

from docx import Document

from sangesan.organization.documents import shipped


def holding(*lines: str) -> bytes:
    """A plain Word file with these lines."""
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(parts: dict[str, bytes], content: bytes | None = None) -> bytes:
    """A template with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or shipped.template())) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, body in parts.items():
            new.writestr(name, body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part(content: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode()


def text(content: bytes) -> str:
    """All words of a Word file, paragraph by paragraph, tables too."""
    made = Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in made.paragraphs] + cells)
