"""The door of the outside letterbox for its web server (WSGI)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "config.letterbox"
application = get_wsgi_application()
