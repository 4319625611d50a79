"""Makes of a record what is proposed: a case of its own, or claims beside the editors' values of a case."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.text import slugify

from cases.vocabulary import CeasefireClass, Outcome, Review, Sidedness
from imports.matching import Known
from imports.models import key_of
from imports.records import PLACE, Coded, Record
from imports.schemes.kinds import Scheme
from imports.values import MOST_LETTERS, date_in_words
from imports.vocabulary import Problem
from publishing import snapshots
from publishing.fields.partial_dates import PartialDate
from publishing.languages import PAGE_LANGUAGES, column_in
from publishing.snapshots import Snapshot
from sources.vocabulary import Confidence, Stance

DATES = ("declared_on", "in_force_on", "ended_on")
NOT_CODED = "not coded"
MOST_IN_SLUG = 60


class Target(NamedTuple):
    """What the import is of: the dataset, its release, and the source that its claims cite."""

    scheme: Scheme
    release: str
    source: UUID


class Generated(NamedTuple):
    """What a record says of its case: columns, where it is a case of its own, and rows by kind and key."""

    fields: dict[str, Any]
    rows: dict[str, dict[str, Any]]


def own_case(record: Record, known: Known, target: Target) -> Generated:
    """The columns and rows of the case that the record is by itself."""
    record.facts.setdefault("ceasefire_class", Coded(NOT_CODED))
    places = _places(record, known)
    fields: dict[str, Any] = {
        "review": Review.CODED,
        "slug": f"{target.scheme.slug}-{slugify(record.number)}"[:MOST_IN_SLUG],
        "ceasefire_class": CeasefireClass.UNCLEAR,
        "sidedness": Sidedness.UNCLEAR,
        "countries": sorted(str(one) for one in places),
        **_titles(record, known, places),
        **_unplaced(record, known),
        **record.flags,
    }
    for name, coding in _sound(record).items():
        if coding.value is not None:
            fields[name] = coding.value
    if fields.get("outcome", Outcome.UNKNOWN) != Outcome.UNKNOWN:
        fields["outcome_as_of"] = fields.get("ended_on") or record.known_until
        if not fields["outcome_as_of"]:
            record.note("", Problem.NO_AS_OF, record.facts["outcome"].written)
            del fields["outcome"], fields["outcome_as_of"]
    case = key_of(target.scheme.name, record.number)
    rows = {
        "participation": dict(_participations(case, record, known, target)),
        "externalid": dict(_numbers(case, record, target)),
        "claim": dict(claims(case, record, target)),
    }
    for key, part in rows["participation"].items():
        about = f"participation/{key}"
        coding = Coded(part.pop("written"), True)
        rows["claim"][str(_claim_key(case, record, about))] = _claim(about, coding, record, target)
    return Generated(fields, rows)


def covered_case(case: UUID, record: Record, target: Target, public: Snapshot, *, is_part: bool) -> Generated:
    """The claims of the record beside what the case says; of facts that it cites it for already, none.

    is_part: the case holds several of its records, so that none of them says otherwise.
    """
    cited = set(_cited(case, record, target, public))
    rows = {}
    for key, claim in claims(case, record, target):
        if claim["about"] in cited:
            continue
        coding = record.facts.get(claim["about"])
        if coding is not None:
            same = coding.value is not None and str(coding.value) == str(public["fields"].get(claim["about"]))
            otherwise = Stance.CONTEXT if is_part or coding.value is None else Stance.DIFFERS
            claim["stance"] = Stance.SUPPORTS if same else otherwise
        rows[key] = claim
    numbers = {
        key: one
        for key, one in _numbers(case, record, target)
        if one["scheme"] == target.scheme.catalogue and not _holds(public, one)
    }
    return Generated({}, {"claim": rows, "externalid": numbers})


def _holds(public: Snapshot, number: dict[str, Any]) -> bool:
    held = public["rows"]["externalid"].values()
    return any((one["scheme"], one["value"]) == (number["scheme"], number["value"]) for one in held)


def _cited(case: UUID, record: Record, target: Target, public: Snapshot) -> Iterator[str]:
    """The facts for which the case cites the record already, by a claim that is not the import's own."""
    for key, claim in public["rows"]["claim"].items():
        words = claim["locator"].replace(",", " ").split()
        is_own = key == str(_claim_key(case, record, claim["about"]))
        if claim["source"] == str(target.source) and record.number in words and not is_own:
            yield claim["about"]


# --- columns -----------------------------------------------------------------------------------


def _places(record: Record, known: Known) -> list[UUID]:
    found = []
    for country in record.countries:
        place = known.place(country)
        if place is None:
            record.note(
                country.column, Problem.NO_PLACE, country.name or str(country.gw_number or country.iso_code)
            )
        elif place not in found:
            found.append(place)
    return found


def _unplaced(record: Record, known: Known) -> dict[str, str]:
    """The dataset's own word for where it was, where the casebook has no such place."""
    names = [one.word for one in record.countries if one.word and known.place(one) is None]
    return {column_in("en", "place_name"): ", ".join(names)[:300]} if names else {}


def _titles(record: Record, known: Known, places: list[UUID]) -> dict[str, str]:
    """The names by language; one that tells the place has the casebook's name for it, or is left out."""
    titles = {}
    for language, name in record.names.items():
        if PLACE in name:
            title = known.title_of(places[0], language) if places else ""
            fallback = record.countries[0].word if record.countries and language == PAGE_LANGUAGES[0] else ""
            if not (title or fallback):
                continue
            name = name.replace(PLACE, title or fallback)
        titles[column_in(language, "title")] = name
    return titles


def _sound(record: Record) -> dict[str, Coded]:
    """The facts as the columns can hold them together; what contradicts is noted, and left to its claim."""
    facts = dict(record.facts)
    if facts.get("outcome", Coded("")).value == Outcome.NEVER_TOOK_EFFECT:
        facts["in_force_on"] = Coded("", None)
    if facts.get("outcome", Coded("")).value == Outcome.HOLDING:
        facts["ended_on"] = Coded("", None)
    began = ""
    for name in DATES:
        value = facts[name].value if name in facts else None
        if not value:
            continue
        if began and PartialDate(value).latest < PartialDate(began).earliest:
            record.note(name, Problem.NOT_IN_ORDER, value)
            facts[name] = Coded(facts[name].written, None)
        else:
            began = max(began, value)
    return facts


# --- rows --------------------------------------------------------------------------------------


def claims(case: UUID, record: Record, target: Target) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the record says of each fact, and of the case as a whole; in the words of the dataset."""
    for about, coding in record.facts.items():
        yield str(_claim_key(case, record, about)), _claim(about, coding, record, target)
    if record.remarks or not record.facts:
        whole = Coded(" · ".join(record.remarks)[:MOST_LETTERS] or record.number)
        yield str(_claim_key(case, record, "")), _claim("", whole, record, target)


def _claim_key(case: UUID, record: Record, about: str) -> UUID:
    return key_of(case, "claim", record.number, about)


def _claim(about: str, coding: Coded, record: Record, target: Target) -> dict[str, Any]:
    return {
        "about": about,
        **{column_in(language, "value"): text for language, text in _in_words(about, coding).items()},
        "stance": Stance.CONTEXT if about == "" else Stance.SUPPORTS,
        "source": str(target.source),
        "locator": f"{target.scheme.locator} {record.number}".strip(),
        "confidence": Confidence.MEDIUM,
    }


def _in_words(about: str, coding: Coded) -> Mapping[str, str]:
    """A date in each language, a code with the casebook's word for it, else what the dataset says."""
    if about in DATES and coding.value:
        return date_in_words(coding.value)
    return {PAGE_LANGUAGES[0]: coding.written}


def _participations(
    case: UUID, record: Record, known: Known, target: Target
) -> Iterator[tuple[str, dict[str, Any]]]:
    for party in record.parties:
        if (actor := known.actor(record, party)) is not None:
            key = str(key_of(case, "participation", actor, party.role))
            yield key, {"actor": str(actor), "role": party.role, "written": party.name or party.number}


def _numbers(case: UUID, record: Record, target: Target) -> Iterator[tuple[str, dict[str, Any]]]:
    for catalogue, number in dict.fromkeys(record.numbers):
        release = target.release if catalogue == target.scheme.catalogue else ""
        yield (
            str(key_of(case, "number", catalogue, number)),
            {"scheme": str(catalogue), "value": number[:60], "release": release},
        )


def with_generated(base: Snapshot, generated: Generated, record: Record, case: UUID) -> Snapshot:
    """The snapshot with what is generated, without what earlier releases of the record had generated."""
    rows = {name: dict(several) for name, several in base["rows"].items()}
    for key, claim in [*rows["claim"].items()]:
        is_replaced = bool(generated.fields) or not claim["about"].startswith("participation/")
        if is_replaced and key == str(_claim_key(case, record, claim["about"])):
            del rows["claim"][key]
    if generated.fields:
        for key, part in [*rows["participation"].items()]:
            if key == str(key_of(case, "participation", part["actor"], part["role"])):
                del rows["participation"][key]
    for name, several in generated.rows.items():
        rows[name] |= several
    return snapshots.conformed({**base, "fields": {**base["fields"], **generated.fields}, "rows": rows})
