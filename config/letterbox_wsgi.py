"""The door of the outside letterbox for its web server: WSGI for any, and what `sangesan letterbox` serves by."""

import os

from django.core.wsgi import get_wsgi_application

from sangesan.feedback.letterbox import box
from sangesan.foundation.serving import Serving

os.environ["DJANGO_SETTINGS_MODULE"] = "config.letterbox"
application = get_wsgi_application()
box.lay()
serving = Serving(application, threads=4)
