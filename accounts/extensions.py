"""What accounts add to publishing."""

from accounts import actions, jobs, panels
from desk.hooks import desk_panels
from publishing import hooks

hooks.worker_jobs.register(jobs.send_mail, rank=50)
desk_panels.register(panels.addresses_to_confirm, rank=5)
hooks.entry_notices.register(actions.tell_of_entry)
hooks.preview_notices.register(actions.tell_of_preview)
