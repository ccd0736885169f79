"""Settings (设置), read from the environment; every default serves one machine with only Python."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from sangesan.foundation import engine, phones, secrets

ROOT = Path(__file__).resolve().parent.parent
os.umask(0o077)  # database, backups and photos belong to whoever runs the server, and to nobody else
DATA = Path(os.environ.get("SANGESAN_DATA") or ROOT / "data").resolve()  # set to nothing is not set
DATA.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("SQLITE_TMPDIR", str(DATA))  # what SQLite lays down for a moment stays with the data
BACKUPS = Path(os.environ.get("SANGESAN_BACKUPS") or DATA / "backups").resolve()

SECRET_KEY = secrets.text(DATA, "django")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SANGESAN_HOSTS", "*").split(",")
DEMO = (DATA / "demo").exists()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_q",
    "sangesan.foundation",
    "sangesan.foundation.jobs",
    "sangesan.foundation.once",
    "sangesan.ledger.facts",
    "sangesan.ledger.evidence",
    "sangesan.ledger.audit",
    "sangesan.organization.calendar",
    "sangesan.organization.units",
    "sangesan.organization.people",
    "sangesan.organization.roster",
    "sangesan.organization.accounts",
    "sangesan.organization.networks",
    "sangesan.organization.notices",
    "sangesan.organization.documents",
    "sangesan.organization.remarks",
    "sangesan.feedback.grades",
    "sangesan.feedback.speakers",
    "sangesan.feedback.matters",
    "sangesan.feedback.sealed",
    "sangesan.feedback.warning",
    "sangesan.feedback.triage",
    "sangesan.feedback.intake",
    "sangesan.feedback.pulse",
    "sangesan.feedback.research",
    "sangesan.decision.focus",
    "sangesan.execution.duties",
    "sangesan.execution.routines",
    "sangesan.execution.contacts",
    "sangesan.execution.meetings",
    "sangesan.execution.rectification",
    "sangesan.execution.plans",
    "sangesan.execution.study",
    "sangesan.execution.work",
    "sangesan.execution.analysis",
    "sangesan.execution.publicity",
    "sangesan.execution.care",
    "sangesan.appraisal.rules",
    "sangesan.appraisal.scoring",
    "sangesan.appraisal.publication",
    "sangesan.appraisal.pay",
    "sangesan.appraisal.handbooks",
    "sangesan.procedures",
    "sangesan.desk",
    "sangesan.upkeep",
    "config",
]
MIDDLEWARE = [
    "sangesan.foundation.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sangesan.foundation.middleware.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "sangesan.organization.accounts.middleware.StaffSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sangesan.foundation.large.LargeTypeMiddleware",
    "sangesan.organization.accounts.middleware.StaffCsrfMiddleware",
    "sangesan.organization.accounts.middleware.ScopeMiddleware",
    "sangesan.organization.accounts.middleware.StaffMessageMiddleware",
    "sangesan.foundation.middleware.FrameMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.menu.frame",
            ],
            "builtins": [
                "sangesan.foundation.templatetags.frame",
                "sangesan.foundation.templatetags.figures",
                "sangesan.foundation.templatetags.parts",
            ],
        },
    }
]

URL = os.environ.get("SANGESAN_DATABASE_URL", "")
if URL:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql", **engine.postgres(URL),
            # Only what serves pages shares connections; jobs fork, and two processes on one connection read each
            # other's answers.
            "OPTIONS": {"pool": {"min_size": 2, "max_size": 16, "timeout": 10}} if "SANGESAN_SERVES" in os.environ
            else {},
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "sangesan.foundation.sqlite",
            "NAME": DATA / "sangesan.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                " PRAGMA temp_store=MEMORY;",
            },
        }
    }
MEMORY_SECONDS = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["sangesan.organization.accounts.backend.SessionBackend"]
PASSWORD_HASHERS = ["sangesan.organization.accounts.hashing.Argon2"]
LOGIN_URL = "accounts:login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "sangesan" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Staff cookies never travel to the public pages (security.md, Modes): they live under /w/ only.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/w/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "sangesan.organization.accounts.session_store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE = 30 * 60
# Only these proxies (addresses or networks, comma-separated) are believed about visitors and HTTPS.
TRUSTED_PROXIES = [at.strip() for at in os.environ.get("SANGESAN_PROXIES", "").split(",") if at.strip()]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
# `no-referrer` would make browsers send `Origin: null` with forms, and the origin check needs it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Years after the end of a matter until who spoke and what was said is cleared (保存期限).
RETENTION_YEARS = int(os.environ.get("SANGESAN_RETENTION_YEARS") or 3)

FILE_UPLOAD_HANDLERS = ["sangesan.foundation.uploads.InMemory"]  # nothing sent is spooled to disk

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sangesan.foundation.statics.Statics"},
}
WHITENOISE_USE_FINDERS = True  # before the files are collected, in tests and on a first start

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # its own cookie would reach public pages
CSRF_FAILURE_VIEW = "sangesan.foundation.pages.csrf_failed"

# Scripts only with this answer's nonce; nothing inline, nothing from elsewhere (security.md, Output).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

Q_CLUSTER = {
    "name": "sangesan", "orm": "default", "workers": 1, "timeout": 3600, "retry": 7200,
    "max_attempts": 3, "poll": 2, "catch_up": False, "save_limit": 200,
    "log_level": "WARNING",
}

# Logs hold faults and their traces, never an address, a query, a header or a word that was sent.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {
        "()": "sangesan.foundation.traces.Plain", "fmt": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},  # it warns of every try; what failed in the end is said once
        "django.security": {"level": "CRITICAL"},  # they repeat headers, and whoever likes could fill the disk
    },
}

HELP_PHONES = phones.listed()  # where help is at once (chapter.md N6)

# Reminders draw attention in two batches a day and never in quiet hours (chapter.md V.5); local time.
NOTICE_TIMES = ("08:00", "14:00")
NOTICE_QUIET = ("22:00", "06:00")

# Hosts inside the enterprise that study material may link to (学习视频), comma-separated; none unless said.
STUDY_HOSTS = [host.strip().lower() for host in os.environ.get("SANGESAN_STUDY_HOSTS", "").split(",") if host.strip()]
