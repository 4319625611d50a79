"""Claims, the log of changes and the vocabularies, as programs read them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from exchange import formats
from exchange.api import encoding
from exchange.api.base import ApiView
from exchange.api.cursors import Cursor
from exchange.api.questions import ClaimQuestions, claims
from exchange.api.resources import OF_CHANGES, OF_CLAIMS
from exchange.api.views import ABOUT_PAGES, ListView, no_cursor
from exchange.columns import plain
from exchange.counterparts import WORDS
from exchange.problems import Problem, not_understood
from portal.views import requested_changes
from publishing.fields.columns import stem
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Revision
from publishing.models.entry import children_of, kinds
from publishing.policy import columns_of
from publishing.requests import replayed
from sources.models import Claim


class Claims(ListView):
    """What sources say about facts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of them, in the order of their keys."""
        self.refuse_strangers({*(one.name for one in OF_CLAIMS), *ABOUT_PAGES})
        limit, cursor = self.limit(), self.cursor()
        asked = ClaimQuestions(request.GET)
        known = {one.name for one in OF_CLAIMS}
        if wrong := [(name, value) for name, value in asked.not_understood if name in known]:
            raise not_understood(wrong)
        found = claims(asked.answers)
        after = found.filter(pk__gt=UUID(cursor.after)) if cursor else found
        rows = [*after.select_related("entry", "source")[: limit + 1]]
        items = [formats.dumped(_claim(one)).encode() for one in rows[:limit]]
        return self.page({"number": found.count()}, items, rows[limit - 1].pk if len(rows) > limit else None)


def _claim(claim: Any) -> dict[str, Any]:
    columns = [one for one in columns_of(Claim) if not one.is_relation]
    values = {one.name: plain(getattr(claim, one.attname), {}) for one in columns}
    source = encoding.named(claim.source) if claim.source_id else None
    return {"id": str(claim.pk), "entry": encoding.named(claim.entry), "source": source, **values}


class Changes(ListView):
    """The log of all that was published, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of it, with the questions of its page."""
        known = {one.name for one in OF_CHANGES}
        self.refuse_strangers({*known, *ABOUT_PAGES})
        limit, cursor = self.limit(), self.cursor()
        query = request.GET.copy()
        for name in ABOUT_PAGES:
            query.pop(name, None)
        asked = requested_changes(replayed(request, query=query))
        found = asked.qs
        wrong = [*asked.not_understood, *((label, text) for label, text, _ways in asked.ambiguous)]
        if wrong:
            raise not_understood(wrong)
        rows = [*_after(found, cursor)[: limit + 1]]
        items = [encoding.change(one) for one in rows[:limit]]
        last = rows[limit - 1] if len(rows) > limit else None
        return self.page({}, items, last and last.entry_id, last.pk if last else 0)


def _after(found: Any, cursor: Cursor | None) -> Any:
    """Those published before the revision of the cursor."""
    if cursor is None:
        return found
    last = Revision.objects.filter(pk=cursor.position).only("created_at").first()
    if last is None:
        raise no_cursor(str(cursor))
    return found.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))


class Vocabularies(ApiView):
    """All codes with their labels in every language."""

    def get(self, request: HttpRequest, name: str = "") -> HttpResponse:
        """All vocabularies, or the one of that name."""
        self.refuse_strangers(())
        if not name:
            return self.sent({**encoding.about(), "items": [*vocabularies().values()]})
        found = vocabularies().get(name)
        if found is None:
            raise Problem(404, _("Nothing is at this address."))
        return self.sent({**encoding.about(), **found})


def vocabularies() -> dict[str, dict[str, Any]]:
    """Each column that holds codes, by the name that it has in the codebook."""
    models: dict[str, Any] = {}
    for name, kind in kinds().items():
        models |= {name: kind, **children_of(kind)}
    return {
        f"{name}.{stem(column)}": _vocabulary(f"{name}.{stem(column)}", column)
        for name, model in models.items()
        for column in columns_of(model)
        if column.choices
    }


def _vocabulary(name: str, column: Any) -> dict[str, Any]:
    words = [
        {
            "code": code,
            "labels": in_all_languages(label),
            "counterparts": WORDS.get(f"{stem(column)}.{code}", {}),
        }
        for code, label in column.flatchoices
        if code != ""
    ]
    here = reverse("api:vocabulary", args=[name])
    return {
        "name": name,
        "url": f"{settings.SITE_URL}{here}",
        "labels": in_all_languages(column.verbose_name),
        "codebook": {one: f"{settings.SITE_URL}{_codebook(one)}#{name}" for one in PAGE_LANGUAGES},
        "words": words,
    }


def _codebook(language: str) -> str:
    with override(language):
        return reverse("exchange:codebook")


def in_all_languages(text: Any) -> dict[str, str]:
    """The text of the interface in each language."""
    found = {}
    for language in PAGE_LANGUAGES:
        with override(language):
            found[language] = str(text)
    return found
