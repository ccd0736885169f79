"""The door for the web server (WSGI)."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
len(get_resolver().url_patterns)  # every page is imported before the first guest comes, not while one waits
