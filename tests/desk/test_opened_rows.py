"""The form of an entry has a line for each row; a row that is opened has its boxes, and only such rows are sent."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from publishing.models import Entry, Proposal, Revision
from tests.desk.sheets import Fields, change_page, send
from tests.factories import newest, publish_actor, publish_case, publish_change, publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOTE = {"public_note": "A test wants it.", "note_language": "en", "override_reason": "A test wants it."}


def a_case(claims: int = 2) -> Entry:
    """With two parties and so many claims."""
    actors = [publish_actor(title_en=f"Party {number}") for number in range(2)]
    source = publish_source(title_en="The agreement")
    return publish_case(
        rows={
            "participation": [{"actor": str(one.pk), "role": "signatory"} for one in actors],
            "claim": [
                {"about": "outcome", "source": str(source.pk), "locator": f"para. {number}"}
                for number in range(claims)
            ],
        }
    )


class Form:
    """A form of the desk as a browser holds it."""

    def __init__(self, desk: Client, address: str) -> None:
        self.desk, self.address = desk, address
        self._show(desk.get(address))

    def _show(self, answer: Any) -> "Form":
        assert answer.status_code == 200, answer.status_code
        self.html = answer.content.decode()
        self.values = Fields(self.html).values
        return self

    def opened(self, rows: str) -> list[str]:
        """The keys of the rows that have boxes."""
        number = int(self.values[f"{rows}-TOTAL_FORMS"][0])
        return [
            self.values[f"{rows}-{one}-id"][0] for one in range(number) if f"{rows}-{one}-id" in self.values
        ]

    def lines(self) -> dict[str, str]:
        """What stands in the line of each closed row, by its key."""
        found = re.findall(r'<button[^>]* name="_open" value="([0-9a-f-]{36})"[^>]*>([^<]*)<', self.html)
        return dict(found)

    def bring(self, rows: str, row: str) -> str:
        """Open the row as the script does; the beginning of its names."""
        number = self.values[f"{rows}-TOTAL_FORMS"][0]
        path, _mark, query = self.address.partition("?")
        answer = self.desk.get(f"{path}?{query}&{urlencode({'row': row, 'number': number})}")
        assert answer.status_code == 200
        self.values |= Fields(f'<form method="post">{answer.content.decode()}</form>').values
        self.values[f"{rows}-TOTAL_FORMS"] = [str(int(number) + 1)]
        return f"{rows}-{number}-"

    def press(self, **more: str) -> Any:
        """Send it all, with the name and value of a button."""
        return send(self.desk, self.address, self.values | {name: [value] for name, value in more.items()})

    def press_open(self, row: str) -> "Form":
        """Press the button that opens a row, or all, as a browser without a script does."""
        return self._show(self.press(_open=row))


def rows(entry: Entry, kind: str) -> dict[str, Any]:
    return newest(entry).snapshot["rows"][kind]


def test_a_closed_row_is_one_line_and_a_save_leaves_it_as_it_is(desk: Client) -> None:
    case = a_case()
    form = Form(desk, change_page(case))
    before = newest(case).snapshot

    assert form.opened("participations") == form.opened("claims") == []
    assert form.lines().keys() == {*before["rows"]["participation"], *before["rows"]["claim"]}
    assert "Outcome: says the same · The agreement, para. 1" in form.lines().values()

    form.values |= {"finding_en": ["It held for a year."], **{name: [text] for name, text in NOTE.items()}}
    assert form.press(_save="").status_code == 302
    after = newest(case).snapshot
    assert after["rows"] == before["rows"]
    assert after["fields"] == before["fields"] | {"finding_en": "It held for a year."}


def test_an_opened_row_is_changed_and_another_deleted_beside_a_new_one(desk: Client) -> None:
    case = a_case(claims=3)
    changed, deleted, untouched = rows(case, "claim")
    form = Form(desk, change_page(case))

    new = "claims-0-"
    form.values |= {f"{new}about": ["outcome"], f"{new}stance": ["supports"], f"{new}confidence": ["low"]}
    form.values |= {f"{new}value_en": ["It is new."], f"{new}position": ["0"], "claims-TOTAL_FORMS": ["1"]}
    form.values |= {f"{form.bring('claims', changed)}locator": ["p. 7"]}
    form.values |= {f"{form.bring('claims', deleted)}DELETE": ["on"]}
    form.values |= {name: [text] for name, text in NOTE.items()}
    before = rows(case, "claim")

    assert form.press(_save="").status_code == 302
    after = rows(case, "claim")
    [fresh] = after.keys() - before.keys()
    assert after[fresh]["value_en"] == "It is new."
    assert after[changed] == before[changed] | {"locator": "p. 7"}
    assert after[untouched] == before[untouched]
    assert deleted not in after


def test_without_a_script_a_row_opens_with_all_that_was_typed_and_nothing_is_saved(desk: Client) -> None:
    case = a_case()
    first, second = rows(case, "claim")
    form = Form(desk, change_page(case))
    form.values["finding_en"] = ["Half a sen"]

    form.press_open(second)
    form.values[f"claims-{form.opened('claims').index(second)}-locator"] = ["p. 9"]
    form.press_open(first)

    assert form.values["finding_en"] == ["Half a sen"]
    assert {*form.opened("claims")} == {first, second}
    assert form.values[f"claims-{form.opened('claims').index(second)}-locator"] == ["p. 9"]
    stored = rows(case, "claim")[first]["locator"]
    assert form.values[f"claims-{form.opened('claims').index(first)}-locator"] == [stored]
    assert form.opened("participations") == []
    assert 'class="mistakes"' not in form.html
    assert not Proposal.objects.filter(entry=case, revision=None).exists()
    assert Revision.objects.filter(entry=case).count() == 1


@pytest.mark.parametrize("way", ["address", "button"])
def test_all_rows_open_at_once(desk: Client, way: str) -> None:
    case = a_case()

    form = Form(desk, f"{change_page(case)}{'?all=1' if way == 'address' else ''}")
    if way == "button":
        form.press_open("all")

    assert {*form.opened("claims")} == {*rows(case, "claim")}
    assert {*form.opened("participations")} == {*rows(case, "participation")}
    assert form.lines() == {}


def test_a_draft_has_lines_for_its_own_rows(desk: Client) -> None:
    case = a_case()
    [first, _second] = rows(case, "claim")
    form = Form(desk, change_page(case))
    form.values |= {f"{form.bring('claims', first)}locator": ["p. 7"]}
    assert form.press(_draft="").status_code == 302
    [draft] = Proposal.objects.filter(entry=case, revision=None)

    again = Form(desk, f"{change_page(case)}?proposal={draft.pk}")

    assert again.lines()[first] == "Outcome: says the same · The agreement, p. 7"
    assert again.values[f"{again.bring('claims', first)}locator"] == ["p. 7"]


def test_a_refusal_leads_to_the_line_of_the_row_that_lacks_a_source(desk: Client) -> None:
    case = a_case()
    party, source = next(iter(rows(case, "participation"))), publish_source()
    claim = {"about": f"participation/{party}", "source": str(source.pk)}
    before = rows(case, "claim").keys()
    publish_change(case, {"claim": [claim]})
    [support] = rows(case, "claim").keys() - before
    form = Form(desk, change_page(case))
    form.values |= {f"{form.bring('claims', support)}DELETE": ["on"], "public_note": ["A test wants it."]}

    form._show(form.press(_save=""))

    assert f'href="#row-{party}"' in form.html
    assert f'id="row-{party}"' in form.html


@pytest.mark.parametrize(
    "query",
    [
        {"row": "nonsense", "number": "0"},
        {"row": "{claim}", "number": "-1"},
        {"row": "{claim}", "number": "99999999999"},
        {"row": "{claim}"},
        {"row": "00000000-0000-0000-0000-000000000000", "number": "0"},
    ],
)
def test_boxes_of_a_row_that_is_not_there_are_not_found(desk: Client, query: dict[str, str]) -> None:
    case = a_case()
    claim = next(iter(rows(case, "claim")))

    asked = {name: value.format(claim=claim) for name, value in query.items()}

    assert desk.get(change_page(case), asked).status_code == 404
