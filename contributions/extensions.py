"""What the public door adds to publishing and to the desk."""

from contributions import jobs, panels, rules
from contributions.actions.improving import keep_what_was_sent
from contributions.actions.sender_sources import adopt_source_of, sources_of_revisions, with_sender_source
from contributions.review import addresses, evidence, outcome
from desk.hooks import desk_panels, form_notes, next_pages, review_pages
from publishing import hooks

hooks.step_rules.register(rules.why_not_while_blocked)
hooks.step_rules.register(rules.why_not_decide_appeal)
hooks.step_rules.register(rules.why_not_publish_alone)

hooks.before_publish.register(adopt_source_of)
hooks.before_replacing.register(keep_what_was_sent)
# After the claims of earlier values are marked: the sender's own are of the new one.
hooks.content_on_publish.register(with_sender_source, rank=10)
hooks.decisions_on_publish.register(outcome.decisions_on_publish)

hooks.revision_sources.register(sources_of_revisions)

hooks.worker_jobs.register(jobs.return_abandoned, rank=20)
hooks.worker_jobs.register(jobs.notify_senders, rank=30)
hooks.worker_jobs.register(jobs.notify_moderators, rank=40)
hooks.worker_jobs.register(jobs.erase_personal_data, rank=60)
hooks.worker_jobs.register(jobs.delete_expired, rank=70)
hooks.worker_jobs.register(jobs.check_links, rank=100)  # last: it may wait for other servers

review_pages.register(addresses.review_address)
next_pages.register(addresses.next_address)
form_notes.register(evidence.notes_for_form)
desk_panels.register(panels.waiting, rank=10)
