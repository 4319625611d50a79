"""The entry point of a web server."""

import os

from django.core.wsgi import get_wsgi_application

from portal.private_files import keep_private

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
keep_private()
