"""Third-party notices (第三方声明): `make notices` writes THIRD_PARTY.md from the pins and what is installed."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVED = [
    # what is copied into the tree and served to browsers
    ("htmx", "sangesan/foundation/static/vendor/htmx/LICENSE", "0BSD"),
]
PRINTED = [
    # what is copied into the tree, unchanged, and embedded in what is printed
    ("Noto Serif SC Regular 2.003", "sangesan/foundation/print/vendor/noto/LICENSE-serif", "OFL-1.1"),
    ("Noto Sans SC Medium 2.004", "sangesan/foundation/print/vendor/noto/LICENSE-sans", "OFL-1.1"),
]
HEAD = """# Third-party software

sangesan stands on the work of others. Run time is what `make run` installs; tests and checks are
installed by `make test` and `make check` only. Versions are pinned by hash in the requirements
files; this list is written by `make notices`, and a test keeps it true.
"""


def pins(name: str) -> dict[str, str]:
    """Return the pinned packages (固定版本) of a requirements file."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / name).read_text(), re.M))


def licence(package: str) -> str:
    """Return a package's licence (许可) in a few words, as its own metadata says."""
    said = metadata.metadata(package)
    expression = said.get("License-Expression")
    if expression:
        return expression
    classified = [line.split(" :: ")[-1] for line in said.get_all("Classifier", []) if line.startswith("License ::")]
    named = [name for name in classified if name != "OSI Approved"]
    short = (said.get("License") or "").strip().splitlines()
    return ", ".join(named) or (short[0] if short else "see the package")


def table(packages: dict[str, str]) -> list[str]:
    """Return the rows of a list of packages."""
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in sorted(packages.items())]
    return ["| package | version | licence |", "|---|---|---|", *rows, ""]


def write() -> None:
    """Write the file."""
    run, every = pins("requirements.txt"), pins("requirements-dev.txt")
    dev = {name: version for name, version in every.items() if name not in run}
    served = [f"- {name}: {terms}, see [{path}]({path})" for name, path, terms in SERVED]
    printed = [f"- {name}: {terms}, see [{path}]({path})" for name, path, terms in PRINTED]
    lines = [HEAD, "## Served to browsers", "", *served, "", "## Typefaces of what is printed", "", *printed, "",
             "## Run time", "", *table(run),
             "## Tests and checks", "", *table(dev)]
    (ROOT / "THIRD_PARTY.md").write_text("\n".join(lines).rstrip() + "\n")


if __name__ == "__main__":
    write()
