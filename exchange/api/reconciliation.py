"""The reconciliation service: names of actors, cases and sources to entries, as OpenRefine asks.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt

from exchange.api import matching
from exchange.api.asking import LONGEST, MOST_QUERIES, clean, malformed, object_in, questions_in
from exchange.api.base import ApiView
from exchange.api.matching import KINDS, Candidate, Question
from exchange.api.resources import ROOT
from exchange.problems import Problem
from publishing import finding
from publishing.marks import mark_of
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.named_entries import particulars
from publishing.numbers import parse_number

AT = f"{ROOT}reconciliation"
MOST_IDS, MOST_COLUMNS = 200, 30
WIDTH, HEIGHT = 420, 220


class Service(ApiView):
    """Says what the service can; answers batches of queries, and says what is known of entries."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The manifest, or the answers to what stands in the address."""
        return self._answered(request.GET)

    def post(self, request: HttpRequest) -> HttpResponse:
        """The answers to what is sent; nothing is written."""
        return self._answered(request.POST)

    def _answered(self, asked: Any) -> HttpResponse:
        self.refuse_strangers({"queries", "extend"})
        if "queries" in asked and "extend" in asked:
            raise malformed("queries, extend")
        if "queries" in asked:
            return self.sent(self._results(questions_in(asked["queries"])))
        return self.sent(_extended(asked["extend"]) if "extend" in asked else manifest())

    def _results(self, questions: list[tuple[str, Question]]) -> dict[str, Any]:
        """Each question counts as a request; what is asked twice is looked for once."""
        different = dict.fromkeys(one for _key, one in questions)
        self.count_as(len(different))
        results = {one: _results(one, self.request) for one in different}
        return {key: results[one] for key, one in questions}


def manifest() -> dict[str, Any]:
    """What the service can."""
    here = f"{settings.SITE_URL}{AT}"
    suggest = {
        one: {"service_url": settings.SITE_URL, "service_path": f"{AT}/suggest/{one}"}
        for one in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "Sulh",
        "identifierSpace": f"{settings.SITE_URL}{ROOT}entries/",
        "schemaSpace": f"{settings.SITE_URL}/en/codebook/",
        "documentation": f"{settings.SITE_URL}/en/api/#reconciliation",
        "logo": f"{settings.SITE_URL}/favicon.ico",
        "view": {"url": f"{here}/view/{{{{id}}}}"},
        "batchSize": MOST_QUERIES,
        "defaultTypes": [_type(kind) for kind in KINDS],
        "suggest": suggest,
        "preview": {"url": f"{here}/preview/{{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "extend": {
            "propose_properties": {"service_url": settings.SITE_URL, "service_path": f"{AT}/properties"},
            "property_settings": [],
        },
    }


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": capfirst(str(kinds()[kind]._meta.verbose_name_plural))}


# --- queries -----------------------------------------------------------------------------------


def _results(question: Question, request: HttpRequest) -> dict[str, Any]:
    found, is_certain = matching.candidates(question)
    results = [_result(one, request, is_match=is_certain and not number) for number, one in enumerate(found)]
    return {"result": results}


def _result(one: Candidate, request: HttpRequest, *, is_match: bool) -> dict[str, Any]:
    features: list[dict[str, Any]] = [
        {"id": "exact", "value": one.is_exact},
        {"id": "likeness", "value": round(one.likeness, 1)},
    ]
    features += [{"id": name, "value": value} for name, value in one.properties.items()]
    return {
        **_shown(one.entry, request),
        "type": [_type(one.entry.kind)],
        "score": one.score,
        "match": is_match,
        "features": features,
    }


def _shown(entry: Entry, request: HttpRequest) -> dict[str, str]:
    parts = [*particulars(entry), mark_of(entry, request)]
    return {"id": str(entry.pk), "name": str(entry), "description": " · ".join(filter(None, parts))}


# --- suggestions -------------------------------------------------------------------------------


class Suggest(ApiView):
    """What somebody may mean who is still typing."""

    def get(self, request: HttpRequest, what: str) -> HttpResponse:
        """Entities, types or properties whose name begins so."""
        self.refuse_strangers({"prefix", "cursor", *(["type"] if what != "type" else [])})
        prefix, cursor = clean(self.one("prefix") or "")[:LONGEST], self.one("cursor") or "0"
        begin = parse_number(cursor)
        if begin is None:
            raise malformed("cursor")
        kind = self.one("type") if what != "type" else None
        of_kinds = [one for one in KINDS if kind in (None, "", one)]
        ways: dict[str, Callable[[str, list[str]], Iterator[dict[str, Any]]]] = {
            "entity": partial(_entities, request=request),
            "type": _types,
            "property": _properties,
        }
        return self.sent({"result": [*ways[what](prefix, of_kinds)][begin:]})


def _entities(prefix: str, of_kinds: list[str], request: HttpRequest) -> Iterator[dict[str, Any]]:
    if not prefix.strip():
        return
    for entry in finding.complete(prefix):
        if entry.kind in of_kinds:
            yield {**_shown(entry, request), "notable": [_type(entry.kind)]}


def _types(prefix: str, _kinds: list[str]) -> Iterator[dict[str, Any]]:
    yield from (one for kind in KINDS if _begins((one := _type(kind)).values(), prefix))


def _properties(prefix: str, of_kinds: list[str]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for kind in of_kinds:
        for name, column in matching.columns_of_kind(kind).items():
            if name not in seen and _begins((name, column.label), prefix):
                seen.add(name)
                yield {"id": name, "name": column.label, "description": str(column.help)}


def _begins(texts: Iterable[str], prefix: str) -> bool:
    return any(text.casefold().startswith(prefix.strip().casefold()) for text in texts)


# --- what is known of entries --------------------------------------------------------------------


class ProposeProperties(ApiView):
    """Which columns can be asked for of a kind."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """All of them."""
        self.refuse_strangers({"type", "limit"})
        kind, limit = self.one("type"), self.one("limit") or "1000"
        number = parse_number(limit)
        if kind not in KINDS or number is None:
            raise malformed("limit" if kind in KINDS else "type")
        columns = matching.columns_of_kind(kind).items()
        found = [{"id": name, "name": column.label} for name, column in columns][:number]
        return self.sent({"type": kind, "properties": found, "limit": number})


def _extended(text: str) -> dict[str, Any]:
    asked = object_in(text, "extend")
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list):
        raise malformed("extend")
    if len(ids) > MOST_IDS or len(wanted) > MOST_COLUMNS:
        raise Problem(400, _("Ask at most %(ids)s entries and %(columns)s columns at once."),
                      {"ids": MOST_IDS, "columns": MOST_COLUMNS})  # fmt: skip
    columns = {name: one for kind in KINDS for name, one in matching.columns_of_kind(kind).items()}
    names = [one.get("id") if isinstance(one, dict) else None for one in wanted]
    if unknown := [one for one in names if not isinstance(one, str) or one not in columns]:
        raise malformed(clean(str(unknown[0])))
    keys = {str(one): key for one in ids if (key := _key(one)) is not None}
    entries = Entry.objects.in_sight().filter(pk__in=keys.values(), kind__in=KINDS)
    rows = matching.cells_of(entries)
    return {
        "meta": [{"id": name, "name": columns[str(name)].label} for name in names],
        "rows": {
            clean(str(one)): {str(name): [*_cells(rows, keys.get(str(one)), str(name))] for name in names}
            for one in ids
        },
    }


def _cells(rows: dict[UUID, dict[str, Any]], key: UUID | None, name: str) -> Iterator[dict[str, Any]]:
    value = rows.get(key, {}).get(name) if key else None
    if isinstance(value, int) and not isinstance(value, bool):
        yield {"int": value}
    else:
        yield from ({"str": text} for text in matching.texts_of(value))


def _key(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


class View(ApiView):
    """Leads from the id of an entry to its page, in the language of the reader."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """A redirect."""
        self.refuse_strangers(())
        entry = _entry(key)
        with override(get_language_from_request(request)):
            return HttpResponseRedirect(entry.get_absolute_url())


@method_decorator([csp_replace({"frame-ancestors": ["*"]}), xframe_options_exempt], name="dispatch")
class Preview(ApiView):
    """A small page about an entry, for a frame of the program that asks."""

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """The page."""
        self.refuse_strangers(())
        entry = _entry(key)
        kind = kinds()[entry.kind]
        whole: Any = kind._default_manager.get(pk=entry.pk)
        address = f"{settings.SITE_URL}{reverse('api:any-entry', args=[entry.pk])}"
        context = {"entry": whole, "facts": particulars(whole)[:-1], "address": address}
        return render(request, "exchange/preview.html", context)


def _entry(key: UUID) -> Entry:
    entry = Entry.objects.in_sight().filter(pk=key, kind__in=KINDS).first()
    if entry is None:
        raise Problem(404, _("Nothing is at this address."))
    return entry
