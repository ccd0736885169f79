"""Places (测速库): scratch databases on each engine, and commands that run inside one."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[3]
POSTGRES = os.environ.get("SANGESAN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@dataclass(frozen=True)
class Place:
    """A scratch data directory on an engine (测速库)."""

    engine: str
    data: Path
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k != "SANGESAN_DATABASE_URL"}
        more = {"SANGESAN_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "config.settings", "SANGESAN_RATE": "off",
                "PYTHONPATH": str(ROOT)}
        return kept | more | ({"SANGESAN_DATABASE_URL": self.url} if self.url else {})

    def run(self, *arguments: str) -> str:
        """Run a Python module inside (在库中运行) and return what it printed."""
        done = subprocess.run(  # noqa: S603 - our own interpreter and modules
            [sys.executable, "-m", *arguments], env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE,
            text=True, timeout=3600,
        )
        return done.stdout

    def inside(self, work: str, *arguments: object) -> str:
        """Run one of the works of `inside.py` (库内测速)."""
        return self.run("sangesan.upkeep.bench.inside", work, *map(str, arguments))


@contextmanager
def scratch(engine: str, keep: Path | None = None) -> Iterator[Place]:
    """Give a migrated scratch place (临时库), thrown away afterwards unless kept."""
    data = keep or Path(tempfile.mkdtemp(prefix="sangesan-bench-"))
    data.mkdir(parents=True, exist_ok=True)
    url = name = ""
    if engine == "postgresql":
        name = f"sangesan_bench_{secrets.token_hex(4)}"
        _administer(f'CREATE DATABASE "{name}"')
        url = urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
    place = Place(engine, data, url)
    try:
        place.run("django", "migrate", "--verbosity", "0")
        yield place
    finally:
        if keep is None:
            shutil.rmtree(data, ignore_errors=True)
        if name:
            _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def engines() -> list[str]:
    """Return the engines that can be reached (可用引擎): SQLite always, PostgreSQL when it answers."""
    try:
        _administer("SELECT 1")
    except Exception:
        return ["sqlite"]
    return ["sqlite", "postgresql"]


def _administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3) as connection:
        connection.execute(statement)
