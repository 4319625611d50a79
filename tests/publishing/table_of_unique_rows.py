"""Each constraint that a row is unique, and how a second one may differ."""

from typing import Any

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
    "entry_is_watched_once_by_each": ("watch", {"entry": "theme"}),
    "sent_form_is_answered_once": ("sentform", {"content_digest": "other"}),
    "presence_is_unique_for_person_and_form": ("presence", {"form_key": "add:page"}),
    # Every entry has a count for every language; both rows are of the same entry.
    "translation_is_counted_once": ("translation", {"language": "ar"}),
    "one_place_of_a_translator_in_a_language": ("translatorsplace", {"language": "ar"}),
    "text_is_skipped_once_by_each": ("skippedtext", {"path": "description"}),
    "translation_check_is_made_once": ("translationcheck", {"path": "description"}),
}
