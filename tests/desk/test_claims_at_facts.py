"""Claims where their facts stand: of rows that the same save makes, and all of it without a script."""

import re
from typing import Any

import pytest
from django.test import Client

from desk.addresses import draft_address
from publishing.actions import drafting
from publishing.models import Revision
from sources.models import Claim
from tests.desk.sheets import Sheet, change_page
from tests.desk.test_opened_rows import NOTE, Form, rows
from tests.factories import key as new_key
from tests.factories import publish_actor, publish_case, publish_source, snapshot_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PROVENANCE = {"note": "New.", "note_language": "en", "change_class": "addition"}


def claims_of(html: str, fact: str) -> str:
    """The HTML of the claims of a fact where it stands."""
    found = re.search(rf'<div class="claims[^"]*" data-about="{re.escape(fact)}">.*?</div>', html, re.DOTALL)
    assert found, f"{fact} shows no claims"
    return found.group()


def a_case() -> Any:
    """With a party, and with claims about it and about the outcome."""
    party, source = new_key(), publish_source(title_en="The agreement")
    claims = [
        {"about": "outcome", "source": source, "locator": "para. 1"},
        {"about": "outcome", "source": publish_source(title_en="A newspaper"), "stance": "differs"},
        {"about": f"participation/{party}", "source": source, "locator": "para. 2"},
    ]
    # The filter numbers facts and sources in the order of the claims.
    claims = [claim | {"position": number} for number, claim in enumerate(claims)]
    parties = [{"id": party, "actor": publish_actor(title_en="Party one")}]
    return publish_case(rows={"participation": parties, "claim": claims})


def test_a_fact_shows_its_claims_and_a_row_says_how_many_it_has(desk: Client) -> None:
    case = a_case()
    form = Form(desk, change_page(case))

    said = claims_of(form.html, "outcome")
    assert "1 source, 1 says otherwise" in said
    assert '<li class="supports">' in said
    assert "The agreement, para. 1</button>" in said
    assert '<li class="differs">' in said
    assert "A newspaper</button>" in said
    assert "No source yet." in claims_of(form.html, "declared_on")
    [party] = rows(case, "participation")
    line = re.search(rf'<li id="row-{party}">.*?</li>', form.html, re.DOTALL)
    assert line
    assert '<span class="note-of-row">1 source</span>' in line.group()


def test_a_claim_that_is_open_is_a_link_to_its_boxes(desk: Client) -> None:
    case = a_case()
    html = desk.get(change_page(case), {"all": "1"}).content.decode()
    [party] = rows(case, "participation")

    for fact in ("outcome", f"participation/{party}"):
        keys = {key for key, claim in rows(case, "claim").items() if claim["about"] == fact}
        said = claims_of(html, fact)
        assert {*re.findall(r'<a href="#row-([0-9a-f-]+)">', said)} == keys
        assert "new:" in said
        assert 'value="' + keys.pop() not in said


def test_of_very_many_claims_a_fact_shows_the_first_and_leads_to_the_others(desk: Client) -> None:
    source = publish_source()
    case = publish_case(rows={"claim": [{"about": "outcome", "source": source} for _ in range(15)]})
    said = claims_of(desk.get(change_page(case)).content.decode(), "outcome")

    assert said.count("<li class=") == 6
    assert '<a href="#claims-group">9 more among all claims</a>' in said


def test_the_claims_of_a_draft_that_was_never_public_stand_at_their_facts(desk: Client, editor: Any) -> None:
    claim = {"about": "outcome", "source": str(publish_source(title_en="The agreement").pk)}
    draft = drafting.begin_draft(snapshot_of("case", {"claim": [claim]}), by=editor, base=None, **PROVENANCE)

    assert "The agreement</button>" in claims_of(desk.get(draft_address(draft)).content.decode(), "outcome")


def test_a_row_and_its_claim_are_made_by_one_save(desk: Client) -> None:
    case, party = publish_case(), new_key()
    sheet = Sheet.of(desk, case).add("participations", actor=publish_actor(), role="signatory")
    sheet.add("claims", about=f"participation/{party}", source=publish_source(), locator="p. 1")

    assert sheet.save(**{"participations-0-key": party}).status_code == 302
    assert [*rows(case, "participation")] == [party]
    assert Claim.objects.get(entry=case).about == f"participation/{party}"


def test_claims_that_are_pasted_may_be_of_rows_that_the_same_form_makes(desk: Client) -> None:
    case, party = publish_case(), new_key()
    publish_source(title_en="The agreement")
    form = Form(desk, change_page(case)).press_open("add:participations")
    actor = str(publish_actor(title_en="Party two").pk)
    row = {"actor": actor, "role": "signatory", "key": party}
    form.values |= {f"participations-0-{name}": [text] for name, text in row.items()}
    form.values["claims-paste"] = [
        "About\tSource\nParty two (Signatory)\tThe agreement\nScope\tThe agreement"
    ]

    form.press_open("look:claims").press_open("put:claims")

    assert form.values["claims-TOTAL_FORMS"] == ["2"]
    assert [form.values[f"claims-{number}-about"] for number in (0, 1)] == [
        [f"participation/{party}"],
        ["scope"],
    ]
    form.values |= {name: [text] for name, text in NOTE.items()}
    assert form.press(_save="").status_code == 302
    assert {claim["about"] for claim in rows(case, "claim").values()} == {f"participation/{party}", "scope"}


def test_a_claim_of_a_row_that_stayed_empty_is_refused(desk: Client) -> None:
    case, party = publish_case(), new_key()
    sheet = Sheet.of(desk, case).add("claims", about=f"participation/{party}", source=publish_source())
    sheet.add("participations", position="0")

    html = sheet.save(**{"participations-0-key": party}).content.decode()
    assert "What this source speaks of is empty, or no longer there." in html
    assert not Claim.objects.exists()


def test_the_new_claims_of_a_row_that_is_to_go_go_with_it(desk: Client) -> None:
    case, party = a_case(), new_key()
    [stored] = rows(case, "participation")
    claims = len(rows(case, "claim"))
    form = Form(desk, change_page(case))
    form.press_open(stored)
    form.values |= {name: [text] for name, text in NOTE.items()}
    form.values |= {
        "participations-0-DELETE": ["on"],
        "participations-TOTAL_FORMS": ["2"],
        "claims-TOTAL_FORMS": ["3"],
    }
    form.values |= {"participations-1-key": [party], "participations-1-DELETE": ["on"]}
    for number, about in enumerate((f"participation/{party}", f"participation/{stored}", "outcome")):
        about_and_source = {"about": [about], "source": [str(publish_source().pk)], "stance": ["supports"]}
        form.values |= {f"claims-{number}-{name}": value for name, value in about_and_source.items()}
        form.values |= {f"claims-{number}-confidence": ["medium"], f"claims-{number}-position": ["0"]}

    answer = form.press(_save="")
    assert answer.status_code == 302, answer.content.decode()
    assert not rows(case, "participation")
    assert sum(one["about"] == "outcome" for one in rows(case, "claim").values()) == claims


@pytest.mark.parametrize("key", ["", "x", "\x00", "a" * 5_000, "{taken}"])
def test_a_key_that_is_none_or_belongs_to_another_row_takes_nothing_away(desk: Client, key: str) -> None:
    other = a_case()
    [taken] = rows(other, "participation")
    case = publish_case()
    sheet = Sheet.of(desk, case).add("participations", actor=publish_actor(), role="signatory")

    answer = sheet.save(**{"participations-0-key": key.format(taken=taken)})

    assert answer.status_code == (200 if "taken" in key else 302)
    assert [*rows(other, "participation")] == [taken]
    assert taken not in rows(case, "participation")


def test_without_a_script_a_claim_is_added_at_its_fact_with_the_source_of_the_one_before(
    desk: Client,
) -> None:
    case, source = a_case(), publish_source()
    form = Form(desk, change_page(case))
    form.values["finding_en"] = ["Half a sen"]

    form.press_open("new:outcome")
    form.values |= {"claims-0-source": [str(source.pk)], "claims-0-locator": ["p. 9"]}
    form.press_open("new:declared_on")
    assert form.values["claims-1-about"] == ["declared_on"]
    form.press_open("same:claims-1")

    assert form.values["claims-0-about"] == ["outcome"]
    assert form.values["claims-1-source"] == [str(source.pk)]
    assert form.values["claims-1-locator"] == ["p. 9"]
    assert form.values["finding_en"] == ["Half a sen"]
    assert 'class="mistakes"' not in form.html
    assert Revision.objects.filter(entry=case).count() == 1


def test_what_no_button_asks_is_no_crash(desk: Client) -> None:
    form = Form(desk, change_page(publish_case()))

    for asked in (
        "new:",
        "new:\x00",
        "new:participation/x",
        "same:",
        "same:claims-0",
        "same:claims-99999999999",
    ):
        assert form.press(_open=asked).status_code == 200, asked


def test_claims_that_were_added_and_removed_again_are_left_out(desk: Client) -> None:
    case, source = publish_case(), publish_source()
    sheet = Sheet.of(desk, case).add("claims", about="outcome", source=source, locator="gone")
    sheet.add("claims", about="outcome", source=source, locator="kept")
    # The third went with the row that it was about: nothing of it is sent.
    sheet.values["claims-TOTAL_FORMS"] = ["3"]

    assert sheet.save(**{"claims-0-DELETE": "on"}).status_code == 302
    assert [claim.locator for claim in Claim.objects.filter(entry=case)] == ["kept"]


FILTERED: list[tuple[dict[str, str], int]] = [
    ({"_claims_words": "NEWSPAPER"}, 1),
    ({"_claims_words": "agreement 2"}, 1),
    ({"_claims_stance": "differs"}, 1),
    ({"_claims_fact": "1"}, 2),
    ({"_claims_source": "1", "_claims_fact": "2"}, 1),
    ({"_claims_source": "0"}, 0),
    ({"_claims_words": "  ", "_claims_stance": "nonsense", "_claims_fact": "-1"}, 3),
]


def test_the_list_of_all_claims_is_filtered_without_a_script(desk: Client) -> None:
    form = Form(desk, change_page(a_case()))
    untouched = form.values
    for asked, shown in FILTERED:
        form.values = untouched | {name: [value] for name, value in asked.items()}
        form.press_open("filter")

        group = form.html[form.html.index('id="claims-group"') :]
        assert len(re.findall(r'<li id="row-', group[: group.index('id="claims-empty"')])) == shown, asked
        assert ("No claim matches this." in group) == (shown == 0), asked


def test_a_form_that_is_sent_empty_is_no_crash(desk: Client) -> None:
    assert desk.post(change_page(publish_case()), {}).status_code == 200
