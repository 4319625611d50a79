"""What publishing itself registers: a check before publishing, its jobs, the check of the models."""

from django.core import checks

from publishing import hooks, jobs
from publishing.checks import check_models_of_content, check_that_heads_are_signed
from publishing.rules.readiness import dangling_links, long_texts, uncounted_numbers

checks.register(check_models_of_content)
checks.register(check_that_heads_are_signed, deploy=True)

hooks.readiness_checks.register(dangling_links)
hooks.readiness_checks.register(uncounted_numbers)
hooks.readiness_checks.register(long_texts)

hooks.worker_jobs.register(jobs.publish_what_is_due, rank=10)
hooks.worker_jobs.register(jobs.publish_head, rank=20)
hooks.worker_jobs.register(jobs.delete_expired_form_state, rank=80)
hooks.worker_jobs.register(jobs.record_turn, rank=90)
