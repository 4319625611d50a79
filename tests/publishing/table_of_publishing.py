"""What each named check of entries, revisions and proposals refuses and accepts."""

import datetime

THE_DAY = datetime.date(2020, 1, 2)
SOME_TIME = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)

# Written as in table_of_constraints.
CHECKS_OF_PUBLISHING: dict[str, tuple[str, tuple[list, list]]] = {
    "translation_is_stale_since_some_time": (
        "translation",
        (
            [{"stale": 1, "stale_since": None}, {"stale": 0, "stale_since": SOME_TIME}],
            [{"stale": 1, "stale_since": SOME_TIME}, {"stale": 0, "stale_since": None}],
        ),
    ),
    "entry_has_a_title": ("entry", ([{"title_en": ""}], [{"title_en": "", "title_ar": "هدنة"}])),
    "entry_says_why_it_was_retracted": (
        "entry",
        (
            [{"state": "retracted"}, {"state": "published", "retraction_reason": "Wrong."}],
            [{"state": "retracted", "retraction_reason": "Wrong."}],
        ),
    ),
    "entry_is_due_after_it_was_verified": (
        "entry",
        (
            [{"last_verified_on": THE_DAY, "verify_by": datetime.date(2020, 1, 1)}],
            [
                {"last_verified_on": THE_DAY, "verify_by": THE_DAY},
                {"last_verified_on": None, "verify_by": THE_DAY},
            ],
        ),
    ),
    "revision_has_a_note": ("revision", ([{"note": ""}], [{"note": "x"}])),
    "chain_head_is_the_only_one": ("chainhead", ([{"id": 2}, {"id": 0}], [{"id": 1}])),
    "signed_head_has_a_line": ("signedhead", ([{"line": ""}], [{"line": "a line"}])),
    "release_has_a_version": ("release", ([{"version": ""}], [{"version": "2026.1"}])),
    "worker_turn_is_the_only_one": ("workerturn", ([{"id": 2}, {"id": 0}], [{"id": 1}])),
    "proposal_says_what_it_wants_until_a_revision_does": (
        "proposal",
        (
            [{"snapshot": None, "revision": None}],
            [{"snapshot": {"kind": "case"}, "revision": None}, {"snapshot": None}],
        ),
    ),
    "proposal_differs_only_from_the_revision_that_it_became": (
        "proposal",
        (
            [
                {"snapshot": {"kind": "case"}, "difference": {"kind": []}},
                {"snapshot": {"kind": "case"}, "revision": None, "difference": {"kind": []}},
            ],
            [{"snapshot": None, "difference": {"kind": []}}, {"snapshot": {"kind": "case"}}],
        ),
    ),
    "practice_stays_a_draft": (
        "proposal",
        (
            [{"is_practice": True}],
            [
                {
                    "is_practice": True,
                    "state": "draft",
                    "revision": None,
                    "base": None,
                    "snapshot": {"kind": "case"},
                },
                {"is_practice": False},
            ],
        ),
    ),
    "thread_is_about_an_entry_or_a_draft": (
        "fieldthread",
        ([{"entry_id": "case"}, {"proposal_id": None}], [{"entry_id": "case", "proposal_id": None}]),
    ),
    "thread_was_resolved_at_some_time_by_somebody": (
        "fieldthread",
        (
            [{"resolved_by_id": "account"}, {"resolved_at": SOME_TIME}],
            [{"resolved_by_id": "account", "resolved_at": SOME_TIME}, {"resolved_by_id": None}],
        ),
    ),
    "field_comment_says_something": ("fieldcomment", ([{"text": ""}], [{"text": "Which page?"}])),
    "proposal_is_claimed_by_somebody_until_some_time": (
        "proposal",
        (
            [{"claimed_by_id": "account"}, {"claimed_until": SOME_TIME}],
            [{"claimed_by_id": "account", "claimed_until": SOME_TIME}, {"claimed_by_id": None}],
        ),
    ),
    "proposal_that_is_scheduled_says_when_and_by_whom": (
        "proposal",
        (
            [
                {"state": "scheduled", "publish_at": None, "decided_by_id": "account"},
                {"state": "scheduled", "publish_at": SOME_TIME, "decided_by_id": None},
            ],
            [{"state": "scheduled", "publish_at": SOME_TIME, "decided_by_id": "account"}],
        ),
    ),
    "proposal_that_came_late_says_for_which_version": (
        "proposal",
        (
            [{"meant_for_id": None, "meant_for_version": 1}, {"meant_for_id": "draft"}],
            [{"meant_for_id": "draft", "meant_for_version": 1}],
        ),
    ),
    "comment_says_something": ("comment", ([{"text": ""}], [{"text": "Which page?"}])),
    "decision_to_decline_gives_a_reason": (
        "decision",
        (
            [{"verdict": "declined", "reason": ""}],
            [{"verdict": "declined", "reason": "unclear"}, {"verdict": "accepted"}],
        ),
    ),
}
