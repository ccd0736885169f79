"""Inspecting an uploaded Word template (模板检查): a plain .docx, small, without macros, naming only known fields.

What may stand in braces is a short list of forms, read from the parsed template: a name, a
condition on names, a loop over a list. No attribute, no call, no arithmetic, so nothing can be
reached and nothing can run long.
"""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext as _
from jinja2 import TemplateError, nodes

from sangesan.foundation.errors import UserError

from ..sandbox import environment
from ..words import BODY, FIELDS, LISTS

LARGEST, SWOLLEN, LONGEST, MOST_PARTS, MOST_BRACES = 2 << 20, 20 << 20, 1 << 20, 300, 600
_READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml")
_FIELD_CODES = re.compile(r"DDEAUTO|\bDDE\b|INCLUDETEXT|INCLUDEPICTURE|IMPORT\b|LINK\b(?!S)", re.I)
_BAD = r"vbaproject|activex|embeddings/|\.bin$|\.ole|customui|externallinks/|connections\.xml|querytables/"
_MISSET = re.compile(r"(?!\{\{[^{}｛｝]*\}\}(?!\}))(?<!\{)[{｛]{1,3}\s*(?:"
                     + "|".join(FIELDS) + r")\s*[}｝]{0,3}")
"""A field in braces of another kind, or in one of them (花括号写错): it would be printed on every paper."""
_WIDE = re.compile(r"(?:[{｛]｛|｛\{)[^{}｛｝\n]{0,40}|[^{}｛｝\n]{0,40}(?:[}｝]｝|｝\})")
"""Two braces of which one is as wide as a character (全角花括号): no field, so they would be printed as they stand."""
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If, nodes.Not, nodes.And,
            nodes.Or)


def inspect(content: bytes) -> None:
    """Raise UserError saying what is wrong with a template (检查模板); return when it may be kept."""
    parts = unpacked(content)
    unknown: set[str] = set()
    for name, body in parts.items():
        if _READ.fullmatch(name):
            unknown |= _unknown(name, body)
    if unknown:
        raise refused(_("模板里有不认识的字段：%s") % "、".join(sorted(unknown)[:12]),
                       _("请改成这些字段之一：%s") % "、".join(FIELDS))
    read = _read_by_eye(parts)
    if found := _MISSET.search(read):
        raise refused(_("字段外的括号没有写对：%s") % found[0], _("请用两个半角花括号，例如 {{ 标题 }}"))
    if not any(_named(name, read) for name in FIELDS):
        raise refused(_("模板里没有任何字段"), _("请至少写上 {{ 正文 }}，可先下载默认模板照着改"))
    if not any(_named(name, read) for name in BODY):
        raise refused(_("模板里没有正文：印出来是一张空文"), _("请写上 {{ 正文 }}，可先下载默认模板照着改"))


def unpacked(content: bytes, main: str = "word/document.xml", ending: str = "docx") -> dict[str, bytes]:
    """Return the parts of a harmless file (取出部件) without ever unpacking more than SWOLLEN bytes, else UserError."""
    if len(content) > LARGEST:
        raise refused(_("文件有 %(n)d KB，最多 %(most)d KB") % {"n": len(content) >> 10, "most": LARGEST >> 10},
                       _("请去掉大图片后再上传"))
    parts = _parts(content, main, ending)
    _no_danger(parts, ending)
    return parts


def names_in(parts: dict[str, bytes]) -> list[str]:
    """Return the names in braces of a Word form (所写字段), in their order; nothing else may stand there."""
    found: dict[str, None] = {}
    for name, body in parts.items():
        if _READ.fullmatch(name):
            for node in _walk(_tree(body)):
                if not isinstance(node, _PLAIN):
                    raise refused(_("第 %d 行的写法不支持：报表里只能写字段名") % node.lineno, _("例如 {{ 时段 }}"))
                if isinstance(node, nodes.Name):
                    found[node.name] = None
    if wrong := _WIDE.search(_read_by_eye(parts)):
        raise refused(_("字段外的括号没有写对：%s") % wrong[0], _("请用两个半角花括号，例如 {{ 时段 }}"))
    return list(found)


def _parts(content: bytes, main: str, ending: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > SWOLLEN:
                raise refused(_("文件解开后太大"), _("请另存为新的 Word 文档再上传"))
            if len(set(names)) < len(names) or any(name.startswith("/") or ".." in name for name in names):
                raise refused(_("文件内部的名称不正常"), _("请另存为新的 Word 文档再上传"))
            if main not in names or "[Content_Types].xml" not in names:
                raise refused(_("这不是 .%s 文件") % ending, _("请另存为 .%s 再上传") % ending)
            parts, left = {}, SWOLLEN
            for entry in entries:
                with packed.open(entry) as file:
                    body = file.read(left + 1)
                left -= len(body)
                if left < 0:
                    raise refused(_("文件解开后太大"), _("请另存为新的 Word 文档再上传"))
                parts[entry.filename] = body
            return parts
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as fault:
        raise refused(_("这不是 .%s 文件，或文件已损坏") % ending, _("请另存为 .%s 再上传") % ending) from fault


def _no_danger(parts: dict[str, bytes], ending: str) -> None:
    types = parts["[Content_Types].xml"].lower()
    bad = [name for name in parts if re.search(_BAD, name.lower()) and "/printersettings/" not in name.lower()]
    if bad or b"macroenabled" in types or b"vbaproject" in types:
        raise refused(_("文件里有宏或嵌入的对象"), _("请去掉宏和嵌入对象，另存为 .%s 再上传") % ending)
    for name, body in parts.items():
        if name.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\x00" in body:
                raise refused(_("文件内部写法不正常"), _("请另存为新的 Word 文档再上传"))
            if name.endswith(".rels") and _reaches_out(body):
                raise refused(_("文件引用了外部的模板、图片或对象"), _("请去掉外部引用再上传"))
            if name.startswith("word/") and (b"altChunk" in body or _FIELD_CODES.search(_codes(body))):
                raise refused(_("文件里有会读取其他文件的域"), _("请去掉这些域再上传"))


def _reaches_out(body: bytes) -> bool:
    links = re.findall(rb"<Relationship\b[^>]*>", body)
    return any(re.search(rb"TargetMode\s*=\s*[\"']External", link) and b"/hyperlink" not in link for link in links)


def _codes(body: bytes) -> str:
    found = re.findall(rb"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"", body)
    return "".join((a or b).decode("utf-8", "replace") for a, b in found)


def _tree(body: bytes) -> nodes.Template:
    """Parse a part (读部件), if it is short enough to be a template."""
    try:
        text = body.decode()
    except UnicodeDecodeError as fault:
        raise refused(_("文件内部写法不正常"), _("请另存为新的 Word 文档再上传")) from fault
    if len(body) > LONGEST or text.count("{") > MOST_BRACES:
        raise refused(_("模板太长，或字段太多"), _("模板只留版式和字段，请删减后再上传"))
    return _parsed(text)


def _unknown(name: str, body: bytes) -> set[str]:
    tree = _tree(body)
    wrong = [node for node in _walk(tree) if not isinstance(node, _ALLOWED)]
    if wrong:
        raise refused(_("第 %d 行的写法不支持：只能写字段名、如果、逐项") % wrong[0].lineno,
                       _("例如 {{ 标题 }}、{%p if 附件 %}、{%p for 段 in 段落 %}"))
    loops = {}
    for node in tree.find_all(nodes.For):
        if not isinstance(node.iter, nodes.Name) or node.iter.name not in LISTS or not isinstance(
                node.target, nodes.Name) or node.test is not None or node.recursive:
            raise refused(_("逐项只能用在：%s") % "、".join(LISTS), _("例如 {%p for 段 in 段落 %}"))
        loops[node.target.name] = node
    if len(loops) > 8 or any(len(list(node.find_all(nodes.For))) for node in loops.values()):
        raise refused(_("逐项里面不能再逐项"), _("请分开写"))
    named = {node.name for node in tree.find_all(nodes.Name)}
    return named - set(FIELDS) - set(loops)


def _parsed(text: str) -> nodes.Template:
    from docxtpl import DocxTemplate

    if re.search(r"\{\{\s*(?:r|p|tr|tc)\s|\{%\s*(?:vm|hm|colspan|cellbg)\b", re.sub(r"<[^>]*>", "", text)):
        raise refused(_("字段前有不支持的记号（r、p、tr、vm 等）"), _("请只写 {{ 字段名 }}"))
    try:
        return environment().parse(DocxTemplate.patch_xml(None, text))
    except TemplateError as fault:
        raise refused(_("模板里的括号没有写对：%s") % _unpaired(text),
                       _("请检查 {{ }} 和 {% %} 是否成对，字段名中间不要换行")) from fault


def _unpaired(text: str) -> str:
    """Return the paragraph whose braces don't pair (括号不成对的一段), or the first that has any."""
    lines = [re.sub(r"<[^>]*>", "", one).strip() for one in text.split("</w:p>")]
    braced = [one for one in lines if re.search(r"\{[{%]|[}%]\}", one)]
    wrong = [one for one in braced if len(re.findall(r"\{[{%]", one)) != len(re.findall(r"[}%]\}", one))]
    return next(iter(wrong or braced), "")[:80]


def _walk(node: nodes.Node):
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _read_by_eye(parts: dict[str, bytes]) -> str:
    """Return the words of a template as one sees them (可见文字), whatever pieces they were typed in."""
    return "\n".join(re.sub(rb"<[^>]*>", b"", body).decode("utf-8", "replace")
                     for name, body in parts.items() if _READ.fullmatch(name))


def _named(name: str, text: str) -> bool:
    return re.search(r"\{[\{%][^}]*" + name, text) is not None


def refused(why: str, next: str) -> UserError:
    return UserError(_("没有上传"), why=why, next=next, code="template")
