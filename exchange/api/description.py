"""The description of the API: OpenAPI 3.1, made of the same questions as the pages."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings

from exchange import licence
from exchange.api import parameters
from exchange.api.encoding import selectable
from exchange.api.parameters import Parameter
from exchange.api.resources import OF_CHANGES, OF_CLAIMS, RESOURCES, ROOT, Resource
from exchange.differences import WORDS
from exchange.listed_releases import NUMBERS
from exchange.problems import TYPE
from publishing.languages import PAGE_LANGUAGES

JSON = "application/json"
UUID = {"type": "string", "format": "uuid"}
TEXT: dict[str, Any] = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}
ADDRESS = {"type": "string", "format": "uri"}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]*$"}
WHOLE = {"type": "integer"}
OR_NONE = {"type": ["string", "null"]}
IN_LANGUAGES = {
    "type": "object",
    "properties": dict.fromkeys(PAGE_LANGUAGES, TEXT),
    "required": [*PAGE_LANGUAGES],
}
ABOUT = {"licence": TEXT, "licence_address": ADDRESS, "not_covered": TEXT}
IDENTITY = {"id": UUID, "kind": TEXT, "slug": TEXT, "url": ADDRESS, "pages": IN_LANGUAGES}
REVISION = {
    "revision": WHOLE,
    "published_at": MOMENT,
    "change": TEXT,
    "note": TEXT,
    "note_language": TEXT,
    "record": OR_NONE,
    "digest": DIGEST,
    "previous_digest": DIGEST,
}
NAMED = {"type": "object", "required": ["kind", "url", "is_retracted"]}
SNAPSHOT = {
    "type": "object",
    "properties": {"kind": TEXT, "id": UUID, "fields": {"type": "object"}, "rows": {"type": "object"}},
    "required": ["kind", "id", "fields", "rows"],
}

RELEASE = {
    "version": TEXT,
    "recorded_on": {"type": "string", "format": "date"},
    **dict.fromkeys(NUMBERS, WHOLE),
    "doi": OR_NONE,
    "files": OR_NONE,
    "citation": TEXT,
    **dict.fromkeys(("head", "digest_of_all_snapshots", "sha256_of_the_manifest"), DIGEST),
    **{"url": ADDRESS, "changes": ADDRESS, "pages": IN_LANGUAGES},
}


def whole(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An object that has all of these."""
    return {"type": "object", "properties": {**properties, **more}, "required": [*properties]}


def _names(names: Iterable[str]) -> dict[str, Any]:
    """A list of some of these names, at least one."""
    return {"type": "array", "minItems": 1, "items": {"type": "string", "enum": sorted(names)}}


def _several(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _page_of(name: str) -> dict[str, Any]:
    members = {"number": WHOLE, "number_of_all": WHOLE, "as_of": TEXT, "head_of_the_chain": DIGEST}
    return whole({**ABOUT, "next": OR_NONE, "items": _several(name)}, **members)


SCHEMAS: dict[str, Any] = {
    "Entry": whole({**IDENTITY, **REVISION, "snapshot": SNAPSHOT}, entries={"type": "object"}, **ABOUT),
    "Change": whole({"entry": whole(IDENTITY), **REVISION, "credit": TEXT}),
    "Claim": whole({"id": UUID, "entry": NAMED, "source": {"type": ["object", "null"]}, "about": TEXT}),
    "Vocabulary": whole(
        {
            **{"name": TEXT, "url": ADDRESS, "labels": IN_LANGUAGES, "codebook": IN_LANGUAGES},
            "words": {
                "type": "array",
                "items": whole(
                    {
                        "code": {"type": ["string", "integer"]},
                        "labels": IN_LANGUAGES,
                        "counterparts": {"type": "object"},
                    }
                ),
            },
        }
    ),
    "Vocabularies": whole({**ABOUT, "items": _several("Vocabulary")}),
    "Release": whole(RELEASE, **ABOUT),
    "Releases": whole({**ABOUT, "items": _several("Release")}),
    "Difference": whole(
        {
            "entry": whole(IDENTITY),
            "what": {"type": "string", "enum": [*WORDS]},
            "revision_before": {"type": ["integer", "null"]},
            "revision": WHOLE,
            "fields": {"type": "array", "items": TEXT},
        }
    ),
    "PageOfDifferences": whole(
        {
            **ABOUT,
            "next": OR_NONE,
            "items": _several("Difference"),
            "number": WHOLE,
            "version": TEXT,
            "since": OR_NONE,
        }
    ),
    "Index": whole({**ABOUT, "description": ADDRESS, "lists": {"type": "object"}}),
    **{f"PageOf{name}": _page_of(name) for name in ("Entry", "Change", "Claim")},
    "Problem": whole(
        {"type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT},
        not_understood={"type": "array", "items": whole({"name": TEXT, "value": TEXT})},
        reason=TEXT,
        reason_language=TEXT,
    ),
}
FIELDS = {one.kind: selectable(one.kind) for one in RESOURCES.values()}
ANY_FIELDS = "FieldsOfAnyKind"
SCHEMAS |= {
    **{f"FieldsOf{kind.__name__}": _names(names) for kind, names in FIELDS.items()},
    ANY_FIELDS: _names({name for names in FIELDS.values() for name in names}),
}
PROBLEMS = {
    "400": "Something of the question was not understood; each part of it is named.",
    "404": "Nothing is, or was, public at this address.",
    "405": "Nothing is written here.",
    "409": "The cursor belongs to another question, or to none.",
    "410": "The entry was retracted, for the reason that is given.",
    "429": "Too many requests in a minute; Retry-After says in how many seconds to ask again.",
    "503": "The database does not answer just now.",
}
KEY = Parameter("key", "The last part of the address of its page, or its id", parameters.TEXT)
ABOUT_LISTS = (parameters.HOW_MANY, parameters.CURSOR)


def openapi() -> dict[str, Any]:
    """The whole description, in the active language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sulh",
            "version": "1",
            "summary": "An open casebook of ceasefires and reconstruction, read-only.",
            "description": DESCRIPTION,
            "license": {"name": licence.TITLE, "url": licence.URL},
        },
        "servers": [{"url": f"{settings.SITE_URL}{ROOT.rstrip('/')}"}],
        "paths": dict(_paths()),
        "components": {"schemas": SCHEMAS},
    }


DESCRIPTION = (
    "All texts are in English, Arabic and French: columns end in `_en`, `_ar`, `_fr`. A snapshot is what was "
    "published, byte for byte as its digest was made of. A list goes on at the address in `next`, behind the "
    "key of its last row: none is lost or comes twice while others are published. An answer has an ETag: by "
    "If-None-Match it is sent again only if it changed. Codes are explained in `/vocabularies` and in the "
    "codebook. Names are found and sorted in English."
)


def _paths() -> Iterable[tuple[str, Any]]:
    yield "/", _get("index", "What there is", "Index")
    for one in RESOURCES.values():
        asked = (*one.asked, *ABOUT_LISTS, _fields_of(one), parameters.AS_OF_A_DAY)
        yield f"/{one.name}", _get(f"list_{one.name}", one.title, "PageOfEntry", asked)
        yield from _of_one(one)
    asked = (parameters.AS_OF, replace(parameters.FIELDS, refers_to=ANY_FIELDS))
    path = [_in_path("key", UUID)]
    by_id = _get("entry_by_id", "An entry of any kind, by its id", "Entry", asked, path, gone=True)
    yield "/entries/{key}", by_id
    yield "/claims", _get("list_claims", "What sources say", "PageOfClaim", (*OF_CLAIMS, *ABOUT_LISTS))
    yield "/changes", _get("list_changes", "The log of changes", "PageOfChange", (*OF_CHANGES, *ABOUT_LISTS))
    yield "/vocabularies", _get("list_vocabularies", "All codes with their labels", "Vocabularies")
    path = [_in_path("name", TEXT)]
    yield "/vocabularies/{name}", _get("vocabulary", "The codes of one column", "Vocabulary", (), path)
    yield from _of_releases()


def _of_releases() -> Iterable[tuple[str, Any]]:
    path, asked = [_in_path("version", TEXT)], (parameters.SINCE, *ABOUT_LISTS)
    summary = "What changed between two releases"
    yield "/releases", _get("list_releases", "All releases, the newest first", "Releases")
    yield "/releases/{version}", _get("release", "One release", "Release", (), path)
    changes = _get("changes_of_release", summary, "PageOfDifferences", asked, path)
    yield "/releases/{version}/changes", changes


def _fields_of(one: Resource) -> Parameter:
    return replace(parameters.FIELDS, refers_to=f"FieldsOf{one.kind.__name__}")


def _in_path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _of_one(one: Resource) -> Iterable[tuple[str, Any]]:
    asked, path = (parameters.AS_OF, _fields_of(one)), [_described(KEY, "path")]
    yield (
        f"/{one.name}/{{key}}",
        _get(f"entry_of_{one.name}", "One of these", "Entry", asked, path, gone=True),
    )
    revisions = _get(f"revisions_of_{one.name}", "Its revisions", "PageOfChange", ABOUT_LISTS, path)
    yield f"/{one.name}/{{key}}/revisions", revisions


def _get(
    name: str,
    summary: Any,
    schema: str,
    asked: Collection[Parameter] = (),
    path: Iterable[dict[str, Any]] = (),
    *,
    gone: bool = False,
) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    answers = {
        "200": {"description": str(summary), "content": {JSON: content}},
        "304": {"description": "It did not change."},
        **({"302": {"description": "It is at another address now."}} if path else {}),
    }
    for status, text in PROBLEMS.items():
        if (status != "410" or gone) and (status != "409" or parameters.CURSOR in asked):
            answers[status] = {"description": text, "content": {TYPE: problem}}
    operation = {
        "operationId": name,
        "summary": str(summary),
        "parameters": [*path, *(_described(one, "query") for one in asked)],
        "responses": answers,
    }
    return {"get": operation}


def _described(one: Parameter, where: str) -> dict[str, Any]:
    labels = [f"`{code}`: {label}" for code, label in one.words.items() if label]
    text = [str(one.about or one.takes), *labels]
    described: dict[str, Any] = {
        "name": one.name,
        "in": where,
        "required": where == "path",
        "description": f"{one.title}. {'; '.join(text)}",
        "schema": one.schema,
    }
    if one.anchor:
        described["x-codebook"] = f"{settings.SITE_URL}/en/codebook/#{one.anchor}"
    if one.refers_to:
        described |= {
            "schema": {"$ref": f"#/components/schemas/{one.refers_to}"},
            "style": "form",
            "explode": False,
        }
    if one.is_repeated:
        described |= {"style": "form", "explode": True}
    return described
