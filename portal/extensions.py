"""What the portal registers: a job, and every connection notes writes to what pages show."""

from django.db.backends.signals import connection_created

from portal import jobs
from portal.page_cache.changes import notice_writes
from publishing.hooks import worker_jobs

worker_jobs.register(jobs.draw_cards, rank=95)  # of all that can wait the longest
connection_created.connect(notice_writes, dispatch_uid="portal.page_cache")
