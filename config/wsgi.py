"""The door for the web server: WSGI for any, and what `sangesan run` serves by."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from sangesan.foundation.serving import Serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["SANGESAN_SERVES"] = "1"  # the settings give what serves a pool of connections
application = get_wsgi_application()
serving = Serving(application, threads=12)
len(get_resolver().url_patterns)  # every page is imported before the first guest comes, not while one waits
