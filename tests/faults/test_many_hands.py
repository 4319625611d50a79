"""Eight editors at one entry at the same time, over real HTTP: no accepted edit is lost."""

import threading
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from publishing.integrity import broken_links, differing_entries
from publishing.models import Entry, Proposal, Revision
from publishing.vocabulary import ProposalState
from tests.desk.sheets import Fields, change_page
from tests.factories import an_account, newest, publish_theme
from tests.faults.servers import Browser

pytestmark = pytest.mark.every_database

EDITORS = 8
EDITS = 2
# Into the one text that all share: who was asked begins again, so that each further line costs a multiple.
LINES = 1
OWN_FIELDS = (
    "title_en", "title_ar", "title_fr", "summary_en", "summary_ar", "summary_fr", "slug", "position",
)  # fmt: skip


@pytest.fixture
def browsers(live_server: Any) -> list[Browser]:
    """One for each of the editors, signed in."""
    translation.activate("en")
    signed_in = []
    for number in range(EDITORS):
        client = Client()
        client.force_login(an_account(f"editor-{number}", is_staff=True, is_superuser=True))
        signed_in.append(Browser(live_server.url, client.cookies["session"].value))
    return signed_in


def at_once(work: Any, browsers: list[Browser]) -> list[Any]:
    """What each hand brought, all working at the same time; the first failure is raised."""
    brought: list[Any] = [None] * len(browsers)
    start = threading.Barrier(len(browsers))

    def one(number: int) -> None:
        start.wait()
        try:
            brought[number] = work(number, browsers[number])
        except BaseException as error:
            brought[number] = error

    hands = [threading.Thread(target=one, args=(number,)) for number in range(len(browsers))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    for error in brought:
        if isinstance(error, BaseException):
            raise error
    return brought


def values_of(number: int, edit: int) -> str:
    field = OWN_FIELDS[number]
    return {"slug": f"theme-edit-{edit}", "position": str(100 + edit)}.get(field, f"Edit {edit} of {number}")


@pytest.mark.django_db(transaction=True)
def test_eight_editors_who_each_change_their_own_field_are_all_kept(browsers: list[Browser]) -> None:
    theme = publish_theme()
    address = change_page(theme)

    def edit(number: int, browser: Browser) -> list[tuple[int, str]]:
        field = OWN_FIELDS[number]
        return [
            browser.save(
                address,
                **{field: values_of(number, count)},
                public_note=f"{number}/{count}",
                note_language="en",
            )
            for count in range(EDITS)
        ]

    answers = at_once(edit, browsers)

    assert {answer for several in answers for answer in several} == {(302, "/en/admin/pillars/theme/")}
    history = list(Revision.objects.filter(entry_id=theme.pk).order_by("number"))
    assert [one.number for one in history] == list(range(1, 2 + EDITORS * EDITS))
    told = {one.note: one.snapshot["fields"] for one in history}
    for number, field in enumerate(OWN_FIELDS):
        for count in range(EDITS):
            assert str(told[f"{number}/{count}"][field]) == values_of(number, count)
        assert str(newest(theme).snapshot["fields"][field]) == values_of(number, EDITS - 1)
    assert [*broken_links(), *differing_entries()] == []


@pytest.mark.django_db(transaction=True)
def test_eight_editors_who_add_to_the_same_text_are_asked_and_none_is_lost(browsers: list[Browser]) -> None:
    theme = publish_theme()
    address = change_page(theme)

    def add_lines(number: int, browser: Browser) -> int:
        conflicts = 0
        for count in range(LINES):
            while True:
                status, page = browser.get(address)
                assert status == 200
                fields = Fields(page).values
                text = f"{fields['summary_en'][0]}\n[{number}/{count}]"
                said = {"summary_en": [text], "public_note": [f"{number}/{count}"], "note_language": ["en"]}
                status, leads_to = browser.send(address, fields | said)
                assert status == 302
                if "/resolve/" not in leads_to:
                    break
                conflicts += 1
        return conflicts

    conflicts = sum(at_once(add_lines, browsers))

    lines = newest(theme).snapshot["fields"]["summary_en"].split()
    wanted = [f"[{number}/{count}]" for number in range(EDITORS) for count in range(LINES)]
    assert sorted(lines) == sorted(wanted)
    assert Entry.objects.get().revision == 1 + EDITORS * LINES
    assert Proposal.objects.filter(state=ProposalState.DRAFT).count() == conflicts
    assert conflicts > 0
    assert [*broken_links(), *differing_entries()] == []
