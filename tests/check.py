"""`make check` (检查): what can be judged without running the product."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS: list[tuple[str, list[str]]] = [
    ("style", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("arrows", [str(BIN / "lint-imports"), "--no-cache"]),
    ("migrations", [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "0"]),
    ("settings", [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"]),
    ("walls and documents", [sys.executable, "-m", "pytest", "tests/architecture", "sangesan/method"]),
    ("tests can be read", [sys.executable, "-m", "pytest", "--collect-only", "-q"]),
]


def main() -> int:
    """Run every check, show what the failed ones said, and name them all."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT),
                                "PYTHONDONTWRITEBYTECODE": ""}  # what is compiled here, each process of the suite reads
    failed = 0
    # All at once: the walls take as long as all others together, and every core is there for it.
    running = [(name, subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT)) for name, command in CHECKS]
    for name, process in running:
        said = process.communicate()[0]
        print(f"{name:<20} {'ok' if process.returncode == 0 else 'FAILED'}", flush=True)  # noqa: T201
        if process.returncode:
            failed += 1
            print(said)  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
