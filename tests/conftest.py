"""What every test may use (测试公用): both engines, and a copy of the database for tests that commit."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import hypothesis
import pytest
from django.conf import settings
from django.test import TransactionTestCase

from sangesan.foundation import clock
from tests import databases, remembering
from tests.browsers import browser, page, phone, plain  # noqa: F401  (fixtures)
from tests.walking import enter, set_clock, walked_mine  # noqa: F401  (fixtures)

# How long a property takes says how busy the machine is, and nothing about the rule.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

PURE = ("tests/architecture/", "tests/foundation/print/", "tests/foundation/sheets/", "tests/method/",
        "tests/foundation/test_files.py", "tests/foundation/test_pictures.py", "tests/test_cli.py",
        "tests/organization/notices/test_transports.py", "tests/upkeep/test_triage.py", "tests/upkeep/test_trial.py")
"""Where tests are of formulas, of files, of the code itself or of lines (与数据库无关的测试)."""

# A test that commits gets a copy instead of a flush: see `databases`.
TransactionTestCase._fixture_setup = classmethod(lambda cls: databases.use_copy())
TransactionTestCase._fixture_teardown = lambda self: databases.drop_copy()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """Let no test know what another read (各自从头)."""
    remembering.begin()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_blocker):
    """Begin with the database migrated before (沿用已迁移的库)."""
    with django_db_blocker.unblock():
        return databases.take_kept()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    """Keep what was migrated now; leave nobody in it at the end."""
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            databases.keep()
    yield django_db_setup
    with django_db_blocker.unblock():
        databases.leave(django_db_keepdb)


def _on_sqlite() -> bool:
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture
def noon():
    """Stop the clock on Tuesday 2026-11-24 at 10:00 in the mine (停表), a working morning."""
    moment = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    with clock.at(moment):
        yield moment


@pytest.fixture
def read_at_once(monkeypatch):
    """Let the others read before triage has judged (不等研判), as they do after two days, for what words alone keep."""
    monkeypatch.setattr("sangesan.feedback.matters.services.judging.somebody", lambda day: False)


def _asks_no_database(item) -> bool:
    """Whether a test is of formulas or of the code itself (与数据库无关): it is run once, on SQLite."""
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return not asks and (isinstance(item, pytest.DoctestItem) or item.nodeid.startswith(PURE))


def pytest_collection_finish():
    """Let the collector pass over what was read (免查): it stands to the end, and was walked again with every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(config, items):
    """Mark the tests that need a browser, by what they ask for; leave out what is another engine's (取舍)."""
    here = "sqlite" if _on_sqlite() else "postgresql"
    foreign = [item for item in items if any(here not in m.args for m in item.iter_markers("engine"))
               or here == "postgresql" and _asks_no_database(item)]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
