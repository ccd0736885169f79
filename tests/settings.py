"""Settings of the tests (测试设置): a data directory of their own, a fast hasher, no pool.

The engine follows SANGESAN_DATABASE_URL as in the product. The database is named after the
checkout, so that two checkouts on one machine never meet; pytest-xdist adds its worker.
"""

import atexit
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="sangesan-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SANGESAN_DATA"] = str(_folder)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in the test's thread

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, ROOT, URL  # noqa: E402
from tests import remembering  # noqa: E402

remembering.install()

_checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
if not URL:
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
    )
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
    DATABASES["default"]["TEST"] = {"NAME": f"test_sangesan_{_checkout}"}
    KEPT = f"kept_sangesan_{_checkout}"  # what was migrated, for later runs: see tests/databases.py

SOON = False  # a thread of its own would outlive the test that woke it
MEMORY_SECONDS = 0  # every test has units of its own: see tests/remembering.py
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
