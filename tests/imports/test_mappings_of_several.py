"""Several moderators at one mapping: nobody's work is lost, and nobody sees an error of the server."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imports import actions, mapping_actions
from imports.models import ImportBatch, ImportNote, Mapping
from publishing.rules import Refusal
from tests.factories import publish_source

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AT = "/en/admin/datasets/mappings/"
RULES = 'number = "id"\n\n[titles]\nen = "name"\n'
SAMPLE = {"columns": ["id", "name"], "rows": [[2, ["1", "a"]]], "of": 1}


@pytest.fixture
def mapping(administrator: Any) -> Mapping:
    """One with rules and a sample."""
    return Mapping.objects.create(name="mine", rules=RULES, sample=SAMPLE, changed_by=administrator)


@pytest.fixture
def desk(administrator: Any) -> Client:
    """The desk of an administrator."""
    client = Client()
    client.force_login(administrator)
    return client


def test_what_was_deleted_meanwhile_is_said_to_be(mapping: Mapping, administrator: Any) -> None:
    source = publish_source(source_type="dataset")
    Mapping.objects.all().delete()

    steps: list[Any] = [
        lambda: mapping_actions.change_rules(mapping, rules=RULES, by=administrator, seen=""),
        lambda: mapping_actions.change_sample(mapping, sample=SAMPLE, by=administrator, seen=""),
        lambda: mapping_actions.delete_mapping(mapping, seen=""),
        lambda: actions.begin(
            scheme="csv",
            release="",
            source=source,
            mapping=mapping,
            file_name="a.csv",
            digest="",
            by=administrator,
        ),
    ]
    for step in steps:
        with pytest.raises(Refusal, match="deleted meanwhile"):
            step()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "address, said",
    [
        (f"{AT}mine/", {"step": "save", "number": "id", "title:en": "name"}),
        (f"{AT}mine/", {"step": "sample"}),
        (f"{AT}mine/", {"step": "delete"}),
        ("/en/admin/datasets/", {"scheme": "csv", "mapping": "mine", "source": "my-table"}),
    ],
)
def test_the_pages_say_so_too(
    desk: Client, mapping: Mapping, monkeypatch: Any, address: str, said: dict[str, str]
) -> None:
    publish_source(slug="my-table", title_en="My table", source_type="dataset")

    def gone(*_args: Any, **_kwargs: Any) -> None:
        raise Refusal("mapping_gone", "It is gone.")

    for name in ("change_rules", "change_sample", "delete_mapping"):
        monkeypatch.setattr(mapping_actions, name, gone)
    monkeypatch.setattr(actions, "begin", gone)
    file = SimpleUploadedFile("a.csv", b"id,name\n1,a\n")
    sent = desk.post(address, {**said, "file": file}, follow=True)

    assert sent.status_code == 200
    assert b"It is gone." in sent.content


def test_of_two_new_mappings_of_one_name_the_second_is_refused(
    desk: Client, mapping: Mapping, monkeypatch: Any
) -> None:
    monkeypatch.setattr("imports.mapping_forms.NewMappingForm.validate_unique", lambda self: None)

    sent = desk.post(AT, {"name": "mine", "file": SimpleUploadedFile("a.csv", b"id,name\n1,a\n")})

    assert b"Another mapping has this name." in sent.content
    assert Mapping.objects.get().rules == RULES


SAID = {"number": "id", "title:en": "name"}


def test_rules_that_somebody_saved_meanwhile_are_not_overwritten_unseen(
    desk: Client, mapping: Mapping
) -> None:
    at = mapping.get_absolute_url()
    opened = {"seen": desk.get(at).context["seen"]}
    desk.post(at, {**SAID, **opened, "locator": "theirs", "step": "save"})
    tried = desk.post(at, {**SAID, **opened, "locator": "mine", "step": "try"})
    mine = {**SAID, "seen": tried.context["seen"], "locator": "mine"}
    other = {**mine, "step": "sample", "file": SimpleUploadedFile("b.csv", b"key,name\n1,a\n")}
    steps = [desk.post(at, said, follow=True) for said in ({**mine, "step": "delete"}, other)]
    refused = desk.post(at, {**mine, "step": "save"})

    for page in (*steps, refused):
        assert "Somebody changed this mapping after you opened it." in page.content.decode()
    mapping.refresh_from_db()
    assert ('locator = "theirs"' in mapping.rules, mapping.sample) == (True, SAMPLE)
    assert refused.context["form"]["locator"].value() == "mine"
    assert "locator = &quot;theirs&quot;" in refused.content.decode()

    again = {**mine, "seen": refused.context["seen"], "step": "save"}
    assert desk.post(at, again).status_code == 302
    mapping.refresh_from_db()
    assert 'locator = "mine"' in mapping.rules


def test_what_was_checked_by_other_rules_is_checked_again(
    desk: Client, mapping: Mapping, administrator: Any
) -> None:
    at = mapping.get_absolute_url()
    source = publish_source(source_type="dataset")
    kinds: dict[str, Any] = {"scheme": "csv", "source": source, "by": administrator}
    checked, other, done = (
        ImportBatch.objects.create(**kinds, mapping=of, state=state, rows=3, done=3, proposed=2, reported=1)
        for of, state in ((mapping, "checked"), (None, "checked"), (mapping, "done"))
    )
    ImportNote.objects.create(batch=checked, row=2, problem="no_name")

    def save(locator: str) -> str:
        seen = desk.get(at).context["seen"]
        said = {**SAID, "seen": seen, "locator": locator, "step": "save"}
        return desk.post(at, said, follow=True).content.decode()

    assert "is checked again" not in save("")
    checked.refresh_from_db()
    assert (checked.state, checked.done) == ("checked", 3)

    assert "1 import that was checked by the former rules is checked again." in save("record")
    for batch in (checked, other, done):
        batch.refresh_from_db()
    assert (checked.state, checked.done, checked.read, checked.notes.count()) == ("checking", 0, 0, 0)
    assert (other.state, done.state, done.done) == ("checked", "done", 3)
    assert "An import is reading by this mapping." in save("number")
