"""One entry of every kind, with rows of every kind, and the same text wherever editors can write text."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from publishing import snapshots
from publishing.fields.partial_dates import PartialDateField
from publishing.models import Child, Entry
from publishing.models.entry import children_of, kinds
from publishing.snapshots import Snapshot
from tests.factories import key, publish, snapshot_of

HARMLESS = "Plain words"
# Columns of text in which codes, keys or addresses stand.
CODES = frozenset({"about", "iso_code", "slug", "anchor", "file"})
Text = Callable[[models.Field], str]


def text_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns of an entry or row in which editors write what they like."""
    columns = snapshots.row_columns(model) if issubclass(model, Child) else snapshots.content_columns(model)
    return [
        column
        for column in columns
        if isinstance(column, (models.CharField, models.TextField))
        and not isinstance(column, (models.SlugField, models.URLField, PartialDateField))
        and not column.choices
        and column.name not in CODES
    ]


def takes(column: models.Field, text: str) -> bool:
    """Whether the column's validators let the text pass."""
    try:
        column.clean(text, None)
    except ValidationError:
        return False
    return True


def wherever_it_fits(text: str) -> Text:
    """The text in each column that takes it; harmless words in the others."""
    return lambda column: text if takes(column, text) else HARMLESS


def publish_filled(text: Text) -> dict[str, Entry]:
    """An entry of every kind, by name of kind; the case has claims about each fact and row."""
    published: dict[str, Entry] = {}

    def put(name: str, kind: str, rows: Any = None, **fields: Any) -> Entry:
        published[name] = publish(filled(snapshot_of(kind, rows, **fields), text))
        return published[name]

    theme, place = put("theme", "theme"), put("place", "place")
    source = put("source", "source", identifier_scheme="doi")
    image = put("image", "image", licence="other", origin="https://pictures.example/1")
    body = put("organisation", "actor", actor_type="mission")
    actor = put(
        "actor",
        "actor",
        {"alias": [{}], "membership": [{"organisation": body}], "claim": [_claim("", source)]},
        home=place,
    )
    put("case", "case", _rows_of_a_case(actor, source), themes=[theme], countries=[place], picture=image, declared_on="2020",
        outcome="disputed", outcome_as_of="2021-05")  # fmt: skip
    put("initiative", "initiative", _rows_of_an_initiative(actor, source), main_theme=theme,
        follows=published["case"], countries=[place])  # fmt: skip
    section = key()
    put("pillar", "pillar", {
        "section": [{"id": section, "theme": theme, "picture": image}],
        "evidence": [{"section": section, "entry": published["case"]}],
        "claim": [_claim(f"section/{section}", source), _claim("", source)],
    })  # fmt: skip
    put("term", "term")
    put("page", "page")
    return published


def _rows_of_a_case(actor: Entry, source: Entry) -> dict[str, list[dict[str, Any]]]:
    rows = {
        "participation": [{"id": key(), "actor": actor}],
        "document": [{"id": key(), "source": source}],
        "provision": [{"id": (provision := key()), "quotation_language": "ar"}],
        "assessment": [{"id": key(), "provision": provision}],
        "mechanism": [{"id": key(), "actor": actor}],
        "event": [{"id": key()}],
        "breach": [{"id": key(), "reported_by": actor}],
        "externalid": [{}],
    }
    about = [f"{name}/{row['id']}" for name, several in rows.items() for row in several if "id" in row]
    claims = ["", "finding", "outcome", "declared_on", "ceasefire_class", "countries", "narrative", *about]
    return {**rows, "claim": [_claim(one, source) for one in claims]}


def _rows_of_an_initiative(actor: Entry, source: Entry) -> dict[str, list[dict[str, Any]]]:
    rows = {
        "partner": [{"id": key(), "actor": actor, "is_party_to_the_conflict": True}],
        "funding": [{"id": key(), "actor": actor}],
        "result": [{"id": key(), "reported_by": actor}],
        "externalid": [{}],
    }
    about = [f"{name}/{row['id']}" for name, several in rows.items() for row in several if "id" in row]
    return {**rows, "claim": [_claim(one, source) for one in ("", "summary", *about)]}


def _claim(about: str, source: Entry) -> dict[str, Any]:
    return {
        "about": about,
        "source": source,
        "stance": "differs",
        "quotation_language": "ar",
        "confidence": "high",
    }


def filled(snapshot: Snapshot, text: Text) -> Snapshot:
    """The snapshot with the text wherever one can be written."""
    kind = kinds()[snapshot["kind"]]
    snapshot["fields"] |= {column.name: text(column) for column in text_columns(kind)}
    for name, model in children_of(kind).items():
        for row in snapshot["rows"][name].values():
            row |= {column.name: text(column) for column in text_columns(model)}
    return snapshots.conformed({**snapshot, "id": str(uuid.UUID(snapshot["id"]))})
