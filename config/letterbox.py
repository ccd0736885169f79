"""Settings of the outside letterbox (外部信箱设置): a site of its own, with a folder of its own and no database."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from sangesan.foundation import phones, secrets

ROOT = Path(__file__).resolve().parent.parent
os.umask(0o077)
DATA = Path(os.environ.get("SANGESAN_LETTERBOX", ROOT / "letterbox")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

SECRET_KEY = secrets.text(DATA, "django")
DEBUG = False
DEMO = False
ALLOWED_HOSTS = os.environ.get("SANGESAN_HOSTS", "*").split(",")
DATABASES: dict = {}  # whatever asks for one fails

INSTALLED_APPS = ["django.contrib.staticfiles", "sangesan.foundation", "sangesan.feedback.letterbox"]
MIDDLEWARE = [
    "sangesan.foundation.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sangesan.foundation.middleware.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sangesan.foundation.large.LargeTypeMiddleware",
    "sangesan.foundation.middleware.FrameMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "sangesan.feedback.letterbox.urls"
WSGI_APPLICATION = "config.letterbox_wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "sangesan/ledger/facts/templates"],  # the page that checks a proof; the ledger itself is inside
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "libraries": {"jobs": "sangesan.feedback.letterbox.templatetags.quiet"},
            "builtins": [
                "sangesan.foundation.templatetags.frame",
                "sangesan.foundation.templatetags.figures",
                "sangesan.foundation.templatetags.parts",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
MEMORY_SECONDS = 5

HELP_PHONES = phones.listed()

TRUSTED_PROXIES = [at.strip() for at in os.environ.get("SANGESAN_PROXIES", "").split(",") if at.strip()]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = ["sangesan.foundation.uploads.InMemory"]  # nothing sent is spooled to disk

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Logs hold faults and their traces, never an address, a query, a header or a word that was sent.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "sangesan.foundation.traces.Plain"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
}
