"""The tree as the tests read it (房屋结构): rooms, floors and files."""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff]")


MADE = {"data", "build", "test-results", "staticfiles", "vendor", "__pycache__"}


@cache
def walk() -> tuple[Path, ...]:
    """Return every file that is written by hand (手写的文件): nothing made, hidden or by others."""
    found: list[Path] = []
    for folder, inner, names in os.walk(ROOT):
        hidden = {name for name in inner if name.startswith(".") or name.endswith(".egg-info")}
        inner[:] = sorted(name for name in inner if name not in hidden and name not in MADE)
        found += (Path(folder, name) for name in names)
    return tuple(sorted(found))


def files(ending: str, *folders: str) -> list[Path]:
    """Return the files of the tree (文件) with an ending, in some folders or all."""
    return [path for path in walk() if path.name.endswith(ending)
            and (not folders or shown(path).startswith(tuple(f"{folder}/" for folder in folders)))]


def shown(path: Path) -> str:
    """Return a path as a reader wants it: from the root of the tree."""
    return path.relative_to(ROOT).as_posix()


@cache
def layers() -> dict[str, list[list[str]]]:
    """Return the drawn arrows (分层): for each container, its floors from above to below."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    drawn: dict[str, list[list[str]]] = {}
    for contract in contracts:
        if contract["type"] == "layers" and contract.get("exhaustive"):
            for container in contract["containers"]:
                drawn[container] = [re.findall(r"\w+", floor) for floor in contract["layers"]]
    return drawn


def height(module: str) -> tuple[int, ...]:
    """Return how high a module stands (楼层), comparable between rooms: lower is smaller.

    Siblings that never meet have equal heights.
    """
    parts, place = module.split("."), []
    container = parts[0]
    for part in parts[1:]:
        floors = layers().get(container)
        if floors is None:
            break
        place.append(next((len(floors) - i for i, floor in enumerate(floors) if part in floor), 0))
        container += "." + part
    return tuple(place)


def room(module: str) -> str:
    """Return the room a module belongs to (所在房间): `sangesan.feedback.matters`, `sangesan.desk`."""
    parts = module.split(".")
    depth = 3 if ".".join(parts[:2]) in layers() and len(parts) > 2 else 2
    return ".".join(parts[:depth])


def below(lower: str, upper: str) -> bool:
    """Return whether one module stands on a lower floor than another (是否在下层)."""
    return height(room(lower)) < height(room(upper))


def module_of(path: Path) -> str:
    """Return the dotted module in whose room a file lies (文件所属模块)."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
