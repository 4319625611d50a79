"""What each named constraint refuses and accepts."""

import datetime
from typing import Any

# One row of the model with that name is updated without any rule. If a value names an entry
# of the fixture `casebook`, its key is used.
HALF = {"latitude": 32, "longitude": None}


def in_order(first: str, then: str, **always: Any) -> tuple[list, list]:
    refused = [
        ("2020-06", "2020-05-31"),
        ("2020-06-02", "2020-06-01"),
        ("2020", "2019"),
        ("2020-06-02", "2020-05"),
    ]
    accepted = [
        ("2020-06-02", "2020-06"),
        ("2020-06", "2020-06-01"),
        ("2020-06-02", "2020"),
        ("2020", None),
        (None, "1"),
    ]
    return tuple(
        [{**always, first: one, then: None if other is None else other.zfill(4)} for one, other in pairs]
        for pairs in (refused, accepted)
    )


ON_THE_GLOBE = (
    [
        {"latitude": "90.0001", "longitude": 0},
        {"latitude": 0, "longitude": "-180.0001"},
        HALF,
    ],
    [{"latitude": 90, "longitude": -180}, {"latitude": None, "longitude": None}],
)
NO_SOURCE = {"source_id": None, "confidence": "low"}
ENDED = {"outcome_as_of": "2021"}
AMOUNTS = {"pledged": None, "committed": None, "disbursed": None}
THE_DAY = datetime.date(2020, 1, 2)
SOME_TIME = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)

CHECKS: dict[str, tuple[str, tuple[list, list]]] = {
    "place_is_on_the_globe": ("place", ON_THE_GLOBE),
    "translation_is_stale_since_some_time": (
        "translation",
        (
            [{"stale": 1, "stale_since": None}, {"stale": 0, "stale_since": SOME_TIME}],
            [{"stale": 1, "stale_since": SOME_TIME}, {"stale": 0, "stale_since": None}],
        ),
    ),
    "actor_is_part_of_another": (
        "actor",
        ([{"part_of_id": "actor"}], [{"part_of_id": "organisation"}, {"part_of_id": None}]),
    ),
    "alias_has_a_name": ("alias", ([{"name": ""}], [{"name": "A"}])),
    "membership_ends_after_it_begins": ("membership", in_order("since_on", "until_on")),
    "membership_is_of_another": (
        "membership",
        ([{"organisation_id": "actor"}], [{"organisation_id": "organisation"}]),
    ),
    "case_is_in_force_on_or_after_it_is_declared": ("case", in_order("declared_on", "in_force_on")),
    "case_ends_on_or_after_it_is_declared": ("case", in_order("declared_on", "ended_on")),
    "case_ends_on_or_after_it_is_in_force": ("case", in_order("in_force_on", "ended_on")),
    "case_outcome_says_as_of_when": (
        "case",
        (
            [{"outcome": "collapsed", "outcome_as_of": None}],
            [{"outcome": "collapsed", **ENDED}, {"outcome": "unknown"}],
        ),
    ),
    "case_that_holds_has_not_ended": (
        "case",
        (
            [{"outcome": "holding", "ended_on": "2021", **ENDED}],
            [
                {"outcome": "holding", "ended_on": None, **ENDED},
                {"outcome": "expired", "ended_on": "2021", **ENDED},
            ],
        ),
    ),
    "case_that_never_took_effect_was_never_in_force": (
        "case",
        (
            [{"outcome": "never_took_effect", "in_force_on": "2020", **ENDED}],
            [
                {"outcome": "never_took_effect", "declared_on": "2020", **ENDED},
                {"outcome": "unknown", "in_force_on": "2020"},
            ],
        ),
    ),
    "case_is_on_the_globe": ("case", ON_THE_GLOBE),
    "breach_ends_after_it_begins": ("breach", in_order("began_on", "ended_on")),
    "breach_counts_name_their_reporter": (
        "breach",
        (
            [{"reported_by_id": None, count: 0} for count in ("incidents", "killed", "injured")],
            [{"reported_by_id": None}, {"reported_by_id": "actor", "killed": 0}],
        ),
    ),
    "breach_that_is_unattributed_names_nobody": (
        "breach",
        (
            [{"status": "unattributed", "attributed_to_id": "actor"}],
            [
                {"status": "unattributed", "attributed_to_id": None},
                {"status": "alleged", "attributed_to_id": "actor"},
            ],
        ),
    ),
    "breach_is_verified_by_a_reporter": (
        "breach",
        (
            [{"status": status, "reported_by_id": None} for status in ("verified", "unattributed")],
            [
                {"status": "alleged", "reported_by_id": None},
                {"status": "verified", "reported_by_id": "actor"},
            ],
        ),
    ),
    "breach_is_verified_by_another_than_its_author": (
        "breach",
        (
            [{"status": "verified", "reported_by_id": "actor", "attributed_to_id": "actor"}],
            [
                {"status": "verified", "reported_by_id": "actor", "attributed_to_id": "organisation"},
                {"status": "denied", "reported_by_id": "actor", "attributed_to_id": "actor"},
            ],
        ),
    ),
    "initiative_ends_after_it_begins": ("initiative", in_order("began_on", "ended_on")),
    "funding_is_pledged_or_committed_or_disbursed": (
        "funding",
        (
            [
                *({**AMOUNTS, name: 0} for name in AMOUNTS),
                *({**AMOUNTS, name: 1, other: 1} for name in AMOUNTS for other in AMOUNTS if name < other),
                AMOUNTS,
            ],
            [{**AMOUNTS, name: "0.01"} for name in AMOUNTS],
        ),
    ),
    "result_value_is_not_negative": ("result", ([{"value": "-0.01"}], [{"value": 0}])),
    "provision_strength_is_from_1_to_3": (
        "provision",
        ([{"strength": 0}, {"strength": 4}], [{"strength": 1}, {"strength": 3}]),
    ),
    "provision_quotation_says_its_language": (
        "provision",
        (
            [{"quotation": "x", "quotation_language": ""}],
            [{"quotation": "x", "quotation_language": "ar"}, {"quotation": "", "quotation_language": ""}],
        ),
    ),
    "assessment_implementation_is_from_0_to_3": (
        "assessment",
        ([{"implementation": 4}], [{"implementation": 0}, {"implementation": 3}]),
    ),
    "mechanism_ends_after_it_begins": ("mechanism", in_order("began_on", "ended_on")),
    "mechanism_never_established_never_began": (
        "mechanism",
        (
            [{"status": "never_established", "began_on": "2020"}],
            [{"status": "never_established", "began_on": None}, {"status": "agreed", "began_on": "2020"}],
        ),
    ),
    "event_ends_after_it_begins": ("event", in_order("happened_on", "until_on")),
    "section_has_a_heading": ("section", ([{"heading_en": ""}], [{"heading_en": "", "heading_ar": "الرصد"}])),
    "term_has_a_definition": (
        "term",
        ([{"definition_en": ""}], [{"definition_en": "", "definition_fr": "Ce que c'est."}]),
    ),
    "evidence_has_a_reason": ("evidence", ([{"reason_en": ""}], [{"reason_en": "", "reason_fr": "Oui."}])),
    "source_identifier_names_its_scheme": (
        "source",
        (
            [{"identifier": "S/1", "identifier_scheme": ""}, {"identifier": "", "identifier_scheme": "doi"}],
            [
                {"identifier": "S/1", "identifier_scheme": "un_symbol"},
                {"identifier": "", "identifier_scheme": ""},
            ],
        ),
    ),
    "image_has_a_file": ("image", ([{"file": ""}], [{"file": "f" * 64 + "-1x1"}])),
    "image_is_described_or_decorative": (
        "image",
        (
            [{"alternative_en": ""}, {"is_decorative": True}],
            [
                {"alternative_en": "", "is_decorative": True},
                {"alternative_en": "", "alternative_ar": "مصافحة"},
            ],
        ),
    ),
    "image_has_a_credit": (
        "image",
        ([{"credit_en": ""}], [{"credit_en": "", "credit_fr": "La photographe"}]),
    ),
    "image_licence_has_a_text_or_tells_its_terms": (
        "image",
        (
            [{"licence": "by_permission"}, {"licence": "united_nations"}, {"licence": "other"}],
            [{"licence": "by_permission", "terms_fr": "Par écrit."}, {"licence": "cc0"}],
        ),
    ),
    "claim_without_a_source_has_low_confidence": (
        "claim",
        (
            [{"source_id": None, "confidence": "medium"}, {"source_id": None, "confidence": "high"}],
            [NO_SOURCE],
        ),
    ),
    "claim_locator_and_quotation_come_from_a_source": (
        "claim",
        (
            [{**NO_SOURCE, "locator": "p. 3"}, {**NO_SOURCE, "quotation": "x", "quotation_language": "ar"}],
            [NO_SOURCE, {"locator": "p. 3", "quotation": "x", "quotation_language": "ar"}],
        ),
    ),
    "claim_quotation_says_its_language": (
        "claim",
        ([{"quotation": "x"}], [{"quotation": "x", "quotation_language": "prs"}]),
    ),
    "link_check_status_is_from_100_to_599": (
        "linkcheck",
        (
            [{"status_code": 99}, {"status_code": 600}],
            [{"status_code": 100}, {"status_code": 599}, {"status_code": None}],
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
    "worker_turn_is_the_only_one": ("workerturn", ([{"id": 2}, {"id": 0}], [{"id": 1}])),
    "proposal_says_what_it_wants_until_a_revision_does": (
        "proposal",
        (
            [{"snapshot": None, "revision": None}],
            [{"snapshot": {"kind": "case"}, "revision": None}, {"snapshot": None}],
        ),
    ),
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
# The constraint, its model and column, and codes that no other constraint refuses; "" where it is optional.
VOCABULARIES: dict[str, tuple[str, str, list[str]]] = {
    "translation_language_is_in_vocabulary": ("translation", "language", ["en"]),
    "translation_check_language_is_in_vocabulary": ("translationcheck", "language", ["ar"]),
    "place_type_is_in_vocabulary": ("place", "place_type", ["former_country"]),
    "actor_type_is_in_vocabulary": ("actor", "actor_type", ["armed_group"]),
    "alias_language_is_in_vocabulary": ("alias", "language", ["und"]),
    "case_class_is_in_vocabulary": ("case", "ceasefire_class", ["political_accord_ending_fighting"]),
    "case_scope_is_in_vocabulary": ("case", "scope", ["local"]),
    "case_written_is_in_vocabulary": ("case", "written", ["unwritten"]),
    "case_sidedness_is_in_vocabulary": ("case", "sidedness", ["multilateral"]),
    "case_outcome_is_in_vocabulary": ("case", "outcome", ["unknown"]),
    "breach_type_is_in_vocabulary": ("breach", "breach_type", ["child_recruitment"]),
    "breach_status_is_in_vocabulary": ("breach", "status", ["denied"]),
    "partner_role_is_in_vocabulary": ("partner", "role", ["recipient"]),
    "funding_currency_is_in_vocabulary": ("funding", "currency", ["QAR"]),
    "funding_nature_is_in_vocabulary": ("funding", "nature", ["earlier_obligation"]),
    "participation_role_is_in_vocabulary": ("participation", "role", ["belligerent_backer"]),
    "document_type_is_in_vocabulary": ("document", "document_type", ["annex"]),
    "provision_topic_is_in_vocabulary": ("provision", "topic", ["hate_speech"]),
    "provision_quotation_language_is_in_vocabulary": ("provision", "quotation_language", ["so", ""]),
    "mechanism_type_is_in_vocabulary": ("mechanism", "mechanism_type", ["liaison"]),
    "mechanism_status_is_in_vocabulary": ("mechanism", "status", ["never_established"]),
    "event_type_is_in_vocabulary": ("event", "event_type", ["missed_deadline"]),
    "section_kind_is_in_vocabulary": ("section", "kind", ["outlook"]),
    "term_group_is_in_vocabulary": ("term", "group", ["breaches"]),
    "evidence_role_is_in_vocabulary": ("evidence", "role", ["origin"]),
    "source_type_is_in_vocabulary": ("source", "source_type", ["agreement_text"]),
    "source_language_is_in_vocabulary": ("source", "language", ["bs"]),
    "source_reliability_is_in_vocabulary": ("source", "reliability", ["partisan"]),
    "source_identifier_scheme_is_in_vocabulary": ("source", "identifier_scheme", [""]),
    "image_licence_is_in_vocabulary": ("image", "licence", ["cc_by_sa_3"]),
    "claim_stance_is_in_vocabulary": ("claim", "stance", ["differs"]),
    "claim_confidence_is_in_vocabulary": ("claim", "confidence", ["high"]),
    "claim_quotation_language_is_in_vocabulary": ("claim", "quotation_language", ["ku", ""]),
    "external_id_scheme_is_in_vocabulary": ("externalid", "scheme", ["pam"]),
    "link_check_result_is_in_vocabulary": ("linkcheck", "result", ["not_public"]),
    "entry_state_is_in_vocabulary": ("entry", "state", ["published"]),
    "revision_change_class_is_in_vocabulary": ("revision", "change_class", ["restoration"]),
    "revision_note_language_is_in_vocabulary": ("revision", "note_language", ["ar"]),
    "proposal_origin_is_in_vocabulary": ("proposal", "origin", ["public"]),
    "proposal_state_is_in_vocabulary": ("proposal", "state", ["needs_information"]),
    "decision_verdict_is_in_vocabulary": ("decision", "verdict", ["accepted"]),
    "decision_reason_is_in_vocabulary": ("decision", "reason", ["unsourced", ""]),
    "proposal_change_class_is_in_vocabulary": ("proposal", "change_class", ["typo"]),
    "proposal_note_language_is_in_vocabulary": ("proposal", "note_language", ["fr"]),
}
# The other values beside an unknown code, so that no other constraint is broken first.
BESIDE = {
    "image_licence_is_in_vocabulary": {"terms_en": "As agreed."},
    "case_outcome_is_in_vocabulary": {"outcome_as_of": "2021"},
    "source_identifier_scheme_is_in_vocabulary": {"identifier": "1"},
}
# An unknown state is also neither published nor retracted, which another constraint may refuse first.
ALSO_BROKEN = {"entry_state_is_in_vocabulary": "entry_says_why_it_was_retracted"}
# The constraint, its model, and the values by which one of two equal rows must differ to be accepted.
UNIQUE: dict[str, tuple[str, dict[str, Any]]] = {
    "place_iso_code_is_unique": ("place", {"iso_code": ""}),
    "image_is_in_the_library_once": ("image", {"file": "f" * 64 + "-1x1"}),
    "alias_is_given_once": ("alias", {"name": "Yet another"}),
    "partner_has_each_role_once": ("partner", {"role": "host"}),
    "participation_has_each_role_once": ("participation", {"role": "host"}),
    "assessment_is_made_once_for_a_date": ("assessment", {"assessed_on": "2020-11-01"}),
    "section_anchor_is_unique_in_its_pillar": ("section", {"anchor": "other"}),
    "evidence_is_given_once_in_its_section": ("evidence", {"role": "origin"}),
    "external_id_is_given_once": ("externalid", {"scheme": "ucdp_conflict"}),
    "entry_address_is_unique_in_its_kind": ("entry", {"slug": "other"}),
    "old_slug_leads_to_one_entry": ("oldslug", {"kind": "case"}),
    "revision_number_is_unique_in_its_entry": ("revision", {"number": 9}),
    "draft_version_is_unique_in_its_proposal": ("draftversion", {"number": 9}),
    "saved_filter_has_its_own_name": ("savedfilter", {"name": "Another list"}),
    "autosave_is_unique_for_person_and_form": ("formautosave", {"form_key": "add:page"}),
    "sent_form_is_answered_once": ("sentform", {"content_digest": "other"}),
    "presence_is_unique_for_person_and_form": ("presence", {"form_key": "add:page"}),
    # Every entry has a count for every language; both rows are of the same entry.
    "translation_is_counted_once": ("translation", {"language": "ar"}),
    "translation_check_is_made_once": ("translationcheck", {"path": "description"}),
}
