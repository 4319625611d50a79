"""What each named check refuses and accepts."""

from typing import Any

from tests.publishing.table_of_publishing import CHECKS_OF_PUBLISHING

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

CHECKS: dict[str, tuple[str, tuple[list, list]]] = {
    "place_is_on_the_globe": ("place", ON_THE_GLOBE),
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
    **CHECKS_OF_PUBLISHING,
}
