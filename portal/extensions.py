"""What the portal registers: every connection notes writes to what pages show."""

from django.db.backends.signals import connection_created

from portal.page_cache.changes import notice_writes

connection_created.connect(notice_writes, dispatch_uid="portal.page_cache")
