"""What accounts add to publishing."""

from accounts import jobs, panels
from desk.hooks import desk_panels
from publishing import hooks

hooks.worker_jobs.register(jobs.send_mail, rank=50)
desk_panels.register(panels.addresses_to_confirm, rank=5)
