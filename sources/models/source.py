"""Sources, and the checks of their links."""

from collections.abc import Callable, Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from publishing.fields.columns import in_vocabulary, phrase, prose, refuse_invisible, vocabulary_field
from publishing.fields.partial_dates import PartialDateField
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.models import Entry
from publishing.models.counting import number_of
from publishing.models.entry_lists import EntryQuerySet
from publishing.vocabulary import Language
from sources.identifiers import address_key, identifier_key, reduced
from sources.vocabulary import ANSWERING, DEAD, IdentifierScheme, LinkResult, Reliability, SourceType

# What is said of an identifier that is none of its kind.
WRONG = {
    IdentifierScheme.DOI: _("That is no DOI. It begins with 10. and a number: 10.1177/00220027221129195."),
    IdentifierScheme.UN_SYMBOL: _("That is no symbol of a United Nations document: S/2008/392."),
    IdentifierScheme.ISBN: _("That is no ISBN: it has 10 or 13 digits, and the last one fits the others."),
}


class SourceQuerySet(EntryQuerySet):
    """Sources, with the results of their link checks."""

    def with_link_results(self) -> Self:
        """Each with the newest result of its two links, as `link_result` and `archived_link_result`."""
        return self.annotate(
            link_result=_newest_result("url"), archived_link_result=_newest_result("archived_url")
        )

    def with_citations(self) -> Self:
        """`citations`: how many claims of entries that readers find cite it."""
        return self.annotate(citations=number_of(_claims().filter(entry__is_in_use=True), "source"))

    def with_dead_links(self) -> Self:
        """Sources whose link, or archived link, no longer works."""
        return self.with_link_results().filter(Q(link_result__in=DEAD) | Q(archived_link_result__in=DEAD))


def _claims() -> models.QuerySet:
    """All claims, whose model comes after this one."""
    model: Any = Source._meta.get_field("cited_in").related_model
    return model.objects.all()


def _newest_result(column: str) -> models.Subquery:
    newest_first = LinkCheck.objects.filter(source=OuterRef("pk"), url=OuterRef(column))
    return models.Subquery(newest_first.values("result")[:1])


class Source(Entry):
    """A document, dataset or report that claims cite."""

    FIELD_POLICY = FieldPolicy(
        public=(
            *("source_type", "authors", "publisher", "published_on", "language"),
            *("identifier_scheme", "identifier", "url", "archived_url", "remark"),
        ),
        editors=("publisher_name", "reliability"),
    )
    KEY_FACTS = ("published_on", "publisher")
    PUBLIC_ACCESS = PublicAccess.NEW_ENTRIES
    SEARCH_WEIGHT = 0.3
    PAGE = "sources:source"
    LIST_PAGE = "sources:sources"
    IS_IN_LATEST_CHANGES = False
    IS_REFERENCE = True
    FOUND_BY = ("identifier", "publisher", "publisher_name", "authors", "url")
    IDENTIFIED_BY = ("identifier", "url")
    OF_ONE_ENTRY = ("identifier_scheme", "archived_url")
    DISTINGUISHED_BY = ("source_type", "publisher", "published_on")

    source_type = vocabulary_field(SourceType, _("type"))
    authors = models.CharField(
        _("authors"),
        max_length=500,
        blank=True,
        default="",
        validators=[refuse_invisible],
        help_text=_("As printed, family names last; several are parted by semicolons."),
    )
    publisher = models.CharField(
        _("publisher"),
        max_length=300,
        blank=True,
        default="",
        validators=[refuse_invisible],
        help_text=_("The institution, journal or newspaper."),
    )
    publisher_name = phrase(
        _("the publisher's name by language"),
        help_text=_(
            "In all languages, where readers of one of them know the publisher by another name; one name is "
            "as printed."
        ),
    )
    published_on = PartialDateField(_("published"))
    language = vocabulary_field(Language, _("language"), default=Language.ENGLISH)
    identifier_scheme = vocabulary_field(IdentifierScheme, _("kind of identifier"), blank=True, default="")
    identifier = models.CharField(
        _("identifier"),
        max_length=200,
        blank=True,
        default="",
        validators=[refuse_invisible],
        help_text=_("For instance S/2008/392 or 10.1177/00220027221129195."),
    )
    url = models.URLField(_("link"), max_length=1000, blank=True, default="")
    archived_url = models.URLField(
        _("archived link"),
        max_length=1000,
        blank=True,
        default="",
        help_text=_("A lasting copy, for the day on which the link dies."),
    )
    reliability = vocabulary_field(Reliability, _("reliability"), default=Reliability.UNGRADED)
    remark = prose(_("remark"))

    objects = SourceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(
                name="source_identifier_names_its_scheme",
                condition=Q(identifier="", identifier_scheme="")
                | (~Q(identifier="") & ~Q(identifier_scheme="")),
                violation_error_message=_("Give both the identifier and its kind, or neither."),
            ),
            in_vocabulary("source_type_is_in_vocabulary", "source_type", SourceType),
            in_vocabulary("source_language_is_in_vocabulary", "language", Language),
            in_vocabulary("source_reliability_is_in_vocabulary", "reliability", Reliability),
            in_vocabulary(
                "source_identifier_scheme_is_in_vocabulary",
                "identifier_scheme",
                IdentifierScheme,
                optional=True,
            ),
        ]

    def clean(self) -> None:
        """Reduce the identifier to its bare form; raises ValidationError where it is none of its kind."""
        super().clean()
        if not self.identifier or self.identifier_scheme not in WRONG:
            return
        bare = reduced(self.identifier_scheme, self.identifier)
        if not bare:
            raise ValidationError({"identifier": WRONG[self.identifier_scheme]})
        self.identifier = bare

    def twins(self) -> Mapping[str, Entry]:
        """The source with the same identifier and the one at the same address or archived there."""
        others = Source.objects.published().exclude(pk=self.pk).order_by("published_at", "pk")
        found: dict[str, Entry] = {}
        key = identifier_key(self.identifier_scheme, self.identifier)
        if key:
            of_scheme = others.filter(identifier_scheme=self.identifier_scheme)
            found |= _first(
                of_scheme, "identifier", lambda it: identifier_key(it.identifier_scheme, it.identifier), key
            )
        if address := address_key(self.url):
            host = address.partition("/")[0].partition("?")[0]
            # A host in its own script is stored as it was typed.
            is_near = Q(url__icontains=host) | Q(archived_url__icontains=host)
            near = others.filter(is_near) if "xn--" not in host else others.exclude(url="", archived_url="")
            found |= _first(near, "url", lambda it: _key_like(it, address), address)
        return found


def _key_like(source: Source, address: str) -> str:
    """The key of the archived copy where that is the one asked for; else that of the page itself."""
    archived = address_key(source.archived_url)
    return archived if archived == address else address_key(source.url)


def _first(among: models.QuerySet, column: str, key_of: Callable[[Any], str], key: str) -> dict[str, Entry]:
    twin = next((one for one in among if key_of(one) == key), None)
    return {column: twin} if twin else {}


class LinkCheck(models.Model):
    """One check of one link of a source: a fact about the web, in no snapshot and no revision."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="link_checks", verbose_name=_("source")
    )
    url = models.URLField(_("link"), max_length=1000)
    checked_at = models.DateTimeField(_("checked"))
    result = vocabulary_field(LinkResult, _("result"))
    status_code = models.PositiveSmallIntegerField(
        _("status"),
        null=True,
        blank=True,
        help_text=_("The number with which the server answered, if it did."),
    )

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["-checked_at", "-pk"]
        constraints = [
            in_vocabulary("link_check_result_is_in_vocabulary", "result", LinkResult),
            models.CheckConstraint(
                name="link_check_status_is_from_100_to_599",
                condition=Q(status_code__isnull=True) | Q(status_code__range=(100, 599)),
                violation_error_message=_("A server's answer is a number from 100 to 599."),
            ),
        ]
        indexes = [models.Index(fields=["source", "-checked_at"], name="source_page_latest_link_checks")]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_result_display()}"

    @property
    def has_answered(self) -> bool:
        """Whether the link led to the document."""
        return self.result in ANSWERING

    @property
    def is_dead(self) -> bool:
        """Whether the link does not work."""
        return self.result in DEAD
