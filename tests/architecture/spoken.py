"""What of the code people read (给人看的字): Chinese literals of Python, and whether they are marked."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from .tree import CHINESE, ROOT, files, room, shown

MARKS = {"_", "gettext", "gettext_lazy", "lazy", "spoken", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
         "gettext_noop", "word"}
COLUMNS = {"Sheet", "Column", "Text", "Codes", "Day", "Whole", "Choice", "Flag"}

Bare = tuple[int, str, str]


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def docstrings(nodes: list[ast.AST]) -> set[ast.AST]:
    """Strings that stand by themselves: docstrings of modules, classes, functions and constants."""
    bodies = [node.body for node in nodes if isinstance(getattr(node, "body", None), list)]
    return {line.value for body in bodies for line in body if isinstance(line, ast.Expr) and is_text(line.value)}


def marked(nodes: list[ast.AST]) -> set[ast.AST]:
    return {said for node in nodes if isinstance(node, ast.Call) and name_of(node) in MARKS
            for said in node.args if is_text(said)}


def owners(tree: ast.Module) -> dict[ast.AST, str]:
    """For each literal of a constant of the module, the name of the constant."""
    found = {}
    for line in (line for line in tree.body if isinstance(line, ast.Assign | ast.AnnAssign)):
        targets = getattr(line, "targets", [getattr(line, "target", None)])
        for target in targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            if isinstance(names[0], ast.Name):
                found |= dict.fromkeys(ast.walk(line), names[0].id)
    return found


@cache
def headings() -> dict[str, set[str]]:
    """Names of sheets and columns by room: words of files, which must be found again in what comes back."""
    found: dict[str, set[str]] = {}
    kinds, calls = set(COLUMNS), []
    for path in files(".py", "sangesan"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                if any(isinstance(base, ast.Name) and base.id in COLUMNS for base in node.bases):
                    kinds.add(node.name)
            elif isinstance(node, ast.Call) and node.args and is_text(node.args[0]):
                calls.append((path, name_of(node), node.args[0].value))
    for path, name, word in calls:
        if name in kinds:
            found.setdefault(room_of(path), set()).add(word)
    return found


def room_of(path: Path) -> str:
    return room(".".join((*path.relative_to(ROOT).parent.parts, "x")))


@cache
def bare(path: Path) -> list[Bare]:
    """Return the line, constant and text of each Chinese literal that is neither marked nor a docstring."""
    tree = ast.parse(path.read_text())
    nodes = list(ast.walk(tree))
    passed, known = docstrings(nodes) | marked(nodes), headings().get(room_of(path), set())
    left = [node for node in nodes if is_text(node) and CHINESE.search(node.value) and node not in passed
            and node.value not in known]
    owned = owners(tree) if left else {}
    return [(node.lineno, owned.get(node, ""), node.value) for node in left]


def unfit(path: Path) -> list[str]:
    """Return the marks that nothing can be gathered from: their text is put together while running."""
    return [f"{shown(path)}:{node.lineno}" for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call) and name_of(node) in MARKS and node.args
            and any(isinstance(said, ast.JoinedStr | ast.BinOp) for said in node.args)
            and any(is_text(part) and CHINESE.search(part.value) for said in node.args for part in ast.walk(said))]


def too_early(path: Path) -> list[str]:
    """Return the words that are said once and for all, when the module is read: gettext outside a function."""
    tree = ast.parse(path.read_text())
    eager = {name.asname or name.name for node in tree.body if isinstance(node, ast.ImportFrom)
             and node.module == "django.utils.translation" for name in node.names if name.name == "gettext"}
    if not eager:
        return []
    inside = {part for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
              for line in (node.body if isinstance(node.body, list) else [node.body]) for part in ast.walk(line)}
    return [f"{shown(path)}:{node.lineno}" for node in ast.walk(tree)
            if isinstance(node, ast.Call) and name_of(node) in eager and node not in inside]
