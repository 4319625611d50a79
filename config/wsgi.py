"""The entry point of a web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

# What follows needs the apps, which are there only now.
from django.conf import settings  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402

from config.request_log import log_kept  # noqa: E402
from portal.page_cache.front import Observer, pages_in_front_of  # noqa: E402
from portal.private_files import keep_private  # noqa: E402

observers: list[Observer] = [log_kept]
if settings.METRICS_TOKEN:
    # Its client is not installed everywhere.
    observers.append(import_string("config.metrics.counters.count_kept"))
application = pages_in_front_of(django_application, observers)
keep_private()
