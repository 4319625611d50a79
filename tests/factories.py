"""Small valid entries, and the one door through which tests too put them in the tables.

An entry may stand wherever its key is wanted. Rows are given by kind, as lists of what differs
from the smallest valid row; "id" gives a row's key.
"""

import io
import itertools
import uuid
from typing import Any

import PIL.Image
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone

from accounts.actions import invite
from accounts.models import Invitation
from accounts.vocabulary import Role
from cases.models import Actor, Case, Initiative, Place
from contributions.models import Contribution
from contributions.review.touched_fields import touched_fields
from pillars.models import Pillar, Term, Theme
from publishing import snapshots
from publishing.actions import publishing
from publishing.models import Entry, Proposal, Revision
from publishing.models.entry import kinds
from publishing.proposals import changes_of
from publishing.snapshots import Snapshot
from publishing.vocabulary import ChangeClass
from sources import pictures
from sources.models import Image, Source

Rows = dict[str, list[dict[str, Any]]]

SMALLEST: dict[str, dict[str, Any]] = {
    "actor": {"actor_type": "state"},
    "case": {"ceasefire_class": "cessation_of_hostilities", "sidedness": "bilateral"},
    "image": {"alternative_en": "What it tells", "credit_en": "Whoever took it", "licence": "cc_by_4"},
    "source": {"source_type": "report"},
    "term": {"definition_en": "What it means.", "group": "fighting_stops"},
}
SMALLEST_ROWS: dict[str, dict[str, Any]] = {
    "alias": {"name": "Another name"},
    "assessment": {"assessed_on": "2020-11", "implementation": 1},
    "breach": {"breach_type": "direct_fire", "status": "alleged"},
    "claim": {"confidence": "low"},
    "document": {"document_type": "agreement"},
    "event": {"event_type": "signature"},
    "evidence": {"role": "illustrates", "reason_en": "It shows it."},
    "externalid": {"scheme": "pa_x", "value": "2320"},
    "funding": {"pledged": "100.00", "as_of": "2020"},
    "mechanism": {"mechanism_type": "monitoring"},
    "membership": {},
    "participation": {"role": "signatory"},
    "partner": {"role": "donor"},
    "provision": {"topic": "cessation", "strength": 2},
    "result": {"value": "12.00", "as_of": "2021"},
    "section": {"heading_en": "Monitoring", "anchor": "monitoring", "kind": "role"},
}
numbers = itertools.count(1)


def key() -> str:
    """A new key of an entry or a row."""
    return str(uuid.uuid4())


def an_account(name: str = "publisher", **traits: Any) -> Any:
    """The account of that name, by default one that may do everything."""
    traits = traits or {"is_staff": True, "is_superuser": True}
    return get_user_model().objects.get_or_create(username=name, defaults=traits)[0]


def an_invitation(address: str, *, by: Any, role: Role = Role.EDITOR, language: str = "en") -> Invitation:
    """An invitation to the role, mailed as administrators mail it."""
    roles = [Group.objects.get_or_create(name=role)[0]]
    return invite(address, roles=roles, language=language, by=by)[0]


def snapshot_of(kind: str, rows: Rows | None = None, **fields: Any) -> Snapshot:
    """A snapshot of a new entry, in today's shape."""
    number = next(numbers)
    bare = snapshots.empty(kinds()[kind], uuid.UUID(fields.pop("id", key())))
    # Of one length, so that they sort as they were made.
    named = {"title_en": f"{kind.capitalize()} {number:05}", "slug": f"{kind}-{number:05}"}
    if kind == "image":
        named["file"] = f"{number:064x}-1200x800"
    bare["fields"] = {
        name: _plain(value) for name, value in {**named, **SMALLEST.get(kind, {}), **fields}.items()
    }
    return with_rows(snapshots.conformed(bare), rows or {})


def with_rows(snapshot: Snapshot, rows: Rows) -> Snapshot:
    """The snapshot with more rows."""
    whole = {**snapshot, "rows": {name: dict(present) for name, present in snapshot["rows"].items()}}
    for name, several in rows.items():
        for row in several:
            said = {**SMALLEST_ROWS[name], **row}
            whole["rows"][name][str(said.pop("id", key()))] = {
                one: _plain(value) for one, value in said.items()
            }
    return snapshots.conformed(whole)


def edited(entry: Entry, rows: Rows | None = None, **fields: Any) -> Snapshot:
    """The entry's snapshot with other values in some columns, and more rows."""
    now = snapshots.freeze(entry)
    now["fields"] |= {name: _plain(value) for name, value in fields.items()}
    return with_rows(now, rows or {})


def proposal_of(snapshot: Snapshot, *, by: Any = None, base: Revision | None = None, **said: Any) -> Proposal:
    """A proposal, not yet published; `base` says that it changes an entry."""
    return publishing.propose(snapshot, by=by or an_account(), base=base, **{**_usual(base), **said})


def _usual(base: Revision | None) -> dict[str, Any]:
    """What is said of a change."""
    return {
        "note": "A test wants it.",
        "note_language": "en",
        "change_class": ChangeClass.CORRECTION if base else ChangeClass.ADDITION,
        "override_reason": "A test wants it.",
    }


def newest(entry: Entry) -> Revision:
    """The entry's newest revision."""
    return Revision.objects.filter(entry_id=entry.pk).latest("number")


def publish(snapshot: Snapshot, *, by: Any = None, is_unused: bool = False) -> Entry:
    """The new entry, published; in sight as if something used it, unless it is to be unused."""
    revision = publishing.publish_at_once(snapshot, by=by or an_account(), base=None, **_usual(None))
    if not is_unused:
        Entry.objects.filter(pk=revision.entry_id).update(is_in_use=True)
    return kinds()[snapshot["kind"]]._base_manager.get(pk=revision.entry_id)


def publish_change(entry: Entry, rows: Rows | None = None, *, by: Any = None, **fields: Any) -> Revision:
    """The revision that the change became."""
    wanted, base = edited(entry, rows, **fields), newest(entry)
    return publishing.publish_at_once(wanted, by=by or an_account(), base=base, **_usual(base))


def a_contribution(
    snapshot: Snapshot | None = None, *, base: Revision | None = None, **said: Any
) -> Contribution:
    """A proposal from the public that waits for a moderator; by default of a new theme."""
    proposal = publishing.propose_publicly(
        snapshot or snapshot_of("theme"),
        base=base,
        note=said.pop("reason", "The text of the agreement says otherwise."),
        note_language="en",
        change_class=ChangeClass.CORRECTION if base else ChangeClass.ADDITION,
    )
    usual = {
        "token_digest": f"{next(numbers):064x}",
        "sender": "5e4d",
        "language": "en",
        "offered": [],
        "facts": touched_fields(changes_of(proposal), is_new=base is None),
        "source_reference": "https://www.un.org/",
        "sent_at": timezone.now(),
    }
    return Contribution.objects.create(proposal=proposal, **{**usual, **said})


def publish_theme(*, by: Any = None, **fields: Any) -> Theme:
    return publish(snapshot_of("theme", **fields), by=by)


def publish_term(*, by: Any = None, **fields: Any) -> Term:
    return publish(snapshot_of("term", **fields), by=by)


def publish_place(*, by: Any = None, **fields: Any) -> Place:
    return publish(snapshot_of("place", **fields), by=by)


def publish_actor(*, by: Any = None, rows: Rows | None = None, **fields: Any) -> Actor:
    return publish(snapshot_of("actor", rows, **fields), by=by)


def publish_source(*, by: Any = None, rows: Rows | None = None, **fields: Any) -> Source:
    return publish(snapshot_of("source", rows, **fields), by=by)


def publish_image(*, by: Any = None, **fields: Any) -> Image:
    """A picture whose file is there, unless one is named."""
    if "file" not in fields:
        pictures.store(drawn := drawn_picture(next(numbers)))
        fields["file"] = drawn.file
    return publish(snapshot_of("image", **fields), by=by)


def publish_case(*, by: Any = None, rows: Rows | None = None, **fields: Any) -> Case:
    return publish(snapshot_of("case", rows, **fields), by=by)


def publish_initiative(*, by: Any = None, rows: Rows | None = None, **fields: Any) -> Initiative:
    fields = fields if "main_theme" in fields else {**fields, "main_theme": publish_theme(by=by)}
    return publish(snapshot_of("initiative", rows, **fields), by=by)


def publish_pillar(*, by: Any = None, rows: Rows | None = None, **fields: Any) -> Pillar:
    return publish(snapshot_of("pillar", rows, **fields), by=by)


def publish_page(*, by: Any = None, **fields: Any) -> Entry:
    return publish(snapshot_of("page", **fields), by=by)


def publish_one_of_each() -> dict[str, Entry]:
    """A casebook in which every kind of entry, and of row, is there; by name of kind."""
    theme, place, source = publish_theme(), publish_place(iso_code="LBY"), publish_source()
    body, image = publish_actor(actor_type="intergovernmental"), publish_image()
    actor = publish_actor(
        home=place, rows={"alias": [{}, {"name": "A third name"}], "membership": [{"organisation": body}]}
    )
    provision, section = key(), key()
    case = publish_case(
        themes=[theme],
        countries=[place],
        picture=image,
        rows={
            "participation": [{"actor": actor}, {"actor": body}],
            "document": [{"source": source}],
            "provision": [{"id": provision}],
            "assessment": [{"provision": provision}, {"provision": provision, "assessed_on": "2020-12"}],
            "mechanism": [{"actor": body}],
            "event": [{}],
            "breach": [{"reported_by": body}],
            "claim": [{"source": source, "about": "finding"}],
            "externalid": [{}, {"value": "2321"}],
        },
    )
    initiative = publish_initiative(
        main_theme=theme,
        follows=case,
        rows={"partner": [{"actor": actor}, {"actor": body}], "funding": [{"actor": actor}], "result": [{}]},
    )
    pillar = publish_pillar(
        rows={
            "section": [{"id": section, "theme": theme, "picture": image}, {"anchor": "verification"}],
            "evidence": [{"section": section, "entry": case}, {"section": section, "entry": initiative}],
        }
    )
    return {
        "theme": theme, "place": place, "source": source, "image": image, "organisation": body, "actor": actor,
        "case": case, "initiative": initiative, "pillar": pillar, "term": publish_term(), "page": publish_page(),
    }  # fmt: skip


def drawn_picture(number: int = 0) -> pictures.EncodedPicture:
    """A small picture, of another size for each number."""
    uploaded = io.BytesIO()
    PIL.Image.new("RGB", (8 + number % 100, 8 + number // 100), "teal").save(uploaded, "PNG")
    return pictures.re_encode(uploaded, uploaded.tell())


def _plain(value: Any) -> Any:
    """A key where a model stands."""
    if isinstance(value, models.Model):
        return str(value.pk)
    return sorted(_plain(one) for one in value) if isinstance(value, list) else value
