"""What imports add to the worker and to the desk."""

from desk.hooks import desk_panels, imported_proposals
from imports import jobs, panels
from publishing import hooks

hooks.worker_jobs.register(jobs.go_on_with_imports, rank=50)

desk_panels.register(panels.imports, rank=35)
imported_proposals.register(panels.proposals_of)
