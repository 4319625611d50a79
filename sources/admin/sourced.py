"""Claims inside the admin of entries, and filters and columns about them."""

from functools import reduce
from operator import and_
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from desk.entry import EntryAdmin
from desk.filters import MissingTranslationFilter, StaleTranslationFilter, VerificationFilter
from desk.inlines import RowInline, language_rows
from publishing.models import Entry
from publishing.models.counting import number_of
from publishing.models.entry import children_of
from sources import facts
from sources.claim_forms import LINES, ClaimForm, ClaimFormSet
from sources.claims_at_facts import ClaimsAtFacts
from sources.forms import SourcedEntryForm
from sources.models import Claim, ExternalId
from sources.vocabulary import Stance


class ClaimInline(RowInline):
    """The claims: who says so, and who says otherwise."""

    model = Claim
    fk_name = "entry"
    form = ClaimForm
    formset = ClaimFormSet
    template = "admin/sources/claims.html"
    autocomplete_fields = ("source",)
    fieldsets = (
        (
            None,
            {"fields": [("about", "source", "locator", "stance", "confidence")]},
        ),
        (
            _("What it says, quotation and remark"),
            {
                "fields": [
                    *language_rows("value"),
                    ("quotation", "quotation_language"),
                    *language_rows("translation", "remark"),
                    "position",
                ],
                "classes": ["collapse"],
            },
        ),
    )


class ExternalIdInline(RowInline):
    """Numbers in the catalogues of the field."""

    model = ExternalId
    line = ("scheme", "value", "release")
    fk_name = "entry"
    fieldsets = ((None, {"fields": [("scheme", "value", "release", "position")]}),)


class SourcingFilter(admin.SimpleListFilter):
    """Entries by how well their facts are sourced."""

    title = _("sources")
    parameter_name = "sourcing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """By claims without a source, by key facts without a claim, by nothing at all."""
        return [
            ("unsourced_claims", _("Claims without a source")),
            ("unsourced_facts", _("Key facts without a source")),
            ("none", _("No source at all")),
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """By the claims of each entry; only key facts that are columns are considered."""
        claims = Claim.objects.filter(entry=OuterRef("pk"))
        if self.value() == "unsourced_claims":
            # Entries of the claims, and not claims of each entry: those without a source have an index.
            return queryset.filter(pk__in=Claim.objects.unsourced().order_by().values("entry"))
        if self.value() == "none":
            return queryset.exclude(Exists(claims.filter(source__isnull=False)))
        if self.value() == "unsourced_facts":
            return queryset.filter(_some_key_fact_is_unsourced(queryset.model, claims))
        return queryset


def _some_key_fact_is_unsourced(kind: type[Entry], claims: models.QuerySet) -> Q:
    found = Q(pk__in=[])
    good = claims.filter(stance=Stance.SUPPORTS, source__isnull=False)
    for name in kind.KEY_FACTS:
        columns = facts.columns_of_fact(kind, name)
        if columns:
            empty = [
                Q(**{f"{one.name}__isnull": True}) if one.null else Q(**{one.name: ""}) for one in columns
            ]
            found |= ~reduce(and_, empty) & ~Q(Exists(good.filter(about=name)))
    return found


class SourcedEntryAdmin(EntryAdmin):
    """An admin with the sources beside each fact and the claims among the rows."""

    class Media:
        js = ("js/claims_at_facts.js", "js/filter_claims.js")

    form = SourcedEntryForm
    inlines: ClassVar[Any] = (ClaimInline, ExternalIdInline)
    list_filter: ClassVar[Any] = (
        SourcingFilter,
        MissingTranslationFilter,
        StaleTranslationFilter,
        VerificationFilter,
    )

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """As Django's; the claims know the rows that the other formsets hold, and those the claims."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        beside = {formset.model._meta.model_name: formset for formset in formsets}
        facts_beside = {
            name: beside[name]
            for name, model in children_of(cast(type[Entry], self.model)).items()
            if model.IS_FACT and name in beside
        }
        for formset in formsets:
            if isinstance(formset, ClaimFormSet):
                formset.know(facts_beside, request.GET)
        return formsets, inlines

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """The form shows the claims of each fact beside it, and those of each row in the row."""
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        claims = next((formset for formset in formsets if isinstance(formset, ClaimFormSet)), None)
        if claims is not None and LINES in request.GET:
            lines = {"lines": claims.lines_beyond, "is_beyond": True}
            return TemplateResponse(request, "admin/sources/claim_lines.html", lines)
        if claims is not None:
            opened = {form.instance.pk for form in claims.initial_forms}
            at_facts = ClaimsAtFacts(claims.every_row, opened)
            context["adminform"].form.show_claims(at_facts)
            for name, formset in (claims.beside or {}).items():
                formset.claims = at_facts
                formset.notes = at_facts.notes_of(name, formset.every_row)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """With the number of claims, and of those with a source."""
        claims = Claim.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(
                claims_made=number_of(claims, "entry"),
                claims_sourced=number_of(claims.filter(source__isnull=False), "entry"),
            )
        )

    @admin.display(description=_("claims with a source"), ordering="claims_sourced")
    def sourced(self, entry: Any) -> str:
        """Claims with a source / all claims."""
        return f"{entry.claims_sourced}/{entry.claims_made}"
