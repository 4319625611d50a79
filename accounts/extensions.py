"""What accounts add to publishing."""

from accounts import jobs
from publishing import hooks

hooks.worker_jobs.register(jobs.send_mail, rank=50)
