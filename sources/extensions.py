"""What sources add to publishing and to the desk."""

from desk.hooks import desk_panels, review_notes
from publishing import hooks
from sources import earlier_values, jobs, panels, picture_notes, rules

hooks.readiness_checks.register(rules.unsourced_key_facts)
hooks.readiness_checks.register(rules.unnamed_citations)
hooks.content_on_publish.register(earlier_values.mark_earlier)
hooks.worker_jobs.register(jobs.delete_unused_pictures, rank=90)

review_notes.register(rules.claims_left_behind)
review_notes.register(picture_notes.pictures_before_and_after)
desk_panels.register(panels.unsourced, rank=30)
