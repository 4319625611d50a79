"""Actors: states, organisations, armed groups and the people who speak for them."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.place import Place
from cases.vocabulary import ActorType
from publishing.fields.columns import in_vocabulary, prose, refuse_invisible, vocabulary_field
from publishing.fields.date_order import in_order
from publishing.fields.partial_dates import PartialDateField
from publishing.fields.policy import FieldPolicy, PublicAccess
from publishing.models import Child, Entry
from publishing.models.counting import number_of
from publishing.models.entry_lists import EntryQuerySet
from publishing.vocabulary import Language

# From a part to its body, to the body of that, and on: one question goes so far down.
UP = ("part_of", "part_of__part_of", "part_of__part_of__part_of")


class ActorQuerySet(EntryQuerySet):
    """Actors, with what their pages show."""

    def with_roles(self) -> Self:
        """`roles`: in how many roles it is, in cases and initiatives."""
        return self.annotate(
            roles=number_of(_rows("participations"), "actor") + number_of(_rows("partnerships"), "actor")
        )


def _rows(name: str) -> models.QuerySet:
    """The rows that point to actors by that name: their models come after this one."""
    model: Any = Actor._meta.get_field(name).related_model
    return model.objects.all()


class Actor(Entry):
    """A state, organisation, armed group or person, under the name that it gives itself."""

    FIELD_POLICY = FieldPolicy(public=("actor_type", "home", "part_of", "description", "website"))
    PUBLIC_ACCESS = PublicAccess.NEW_ENTRIES
    SEARCH_WEIGHT = 0.95
    KNOWN_BY_INITIALS = True
    PAGE = "cases:actor"
    ROWS_TO_ADD = ("alias", "membership", "claim")
    LIST_PAGE = "cases:actors"
    IS_IN_LATEST_CHANGES = False
    IS_REFERENCE = True
    OTHER_NAMES = "alias"
    BELONGS_TO = "home"
    OF_ONE_ENTRY = ("website",)
    DISTINGUISHED_BY = ("actor_type",)

    actor_type = vocabulary_field(ActorType, _("type"))
    home = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actors",
        verbose_name=_("home"),
        help_text=_("The state's own country, or where the actor mainly works."),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organs",
        verbose_name=_("part of"),
        help_text=_("The body that it is an organ or a mission of; what it does counts for that body, too."),
    )
    description = prose(_("description"), help_text=_("Who it is, in neutral words; two or three sentences."))
    website = models.URLField(_("website"), max_length=500, blank=True, default="")

    objects = ActorQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        constraints = [
            in_vocabulary("actor_type_is_in_vocabulary", "actor_type", ActorType),
            models.CheckConstraint(
                name="actor_is_part_of_another",
                condition=~Q(part_of=F("entry_ptr")),
                violation_error_message=_("An actor cannot be part of itself."),
            ),
        ]

    def with_organs(self) -> list[Any]:
        """The keys of the actor and of all that is part of it, however far below."""
        found: dict[Any, None] = {self.pk: None}
        above = [self.pk]
        while above:
            nearest, *others = (
                Actor.objects.published().filter(**{f"{way}__in": above}).values_list("pk", models.Value(way))
                for way in UP
            )
            organs = {key: way for key, way in nearest.union(*others) if key not in found}
            found |= dict.fromkeys(organs)
            above = [key for key, way in organs.items() if way == UP[-1]]
        return [*found]


class Alias(Child):
    """Another name of an actor, as some say it or as it once was."""

    FIELD_POLICY = FieldPolicy(public=("name", "language"))
    IS_FACT = True
    OF = "actor"
    ALIKE_BY = ("name",)
    ADD_LABEL = _("Add another name")

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=200, validators=[refuse_invisible])
    language = vocabulary_field(Language, _("language"), default=Language.ENGLISH)

    class Meta(Child.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="alias_is_given_once",
                violation_error_message=_("That name is already in the list."),
            ),
            models.CheckConstraint(name="alias_has_a_name", condition=~Q(name="")),
            in_vocabulary("alias_language_is_in_vocabulary", "language", Language),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Child):
    """An actor's membership of an organisation."""

    FIELD_POLICY = FieldPolicy(public=("organisation", "since_on", "until_on"))
    IS_FACT = True
    OF = "actor"
    ALIKE_BY = ("organisation",)
    ADD_LABEL = _("Add a missing membership")

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="members", verbose_name=_("organisation")
    )
    since_on = PartialDateField(_("since"))
    until_on = PartialDateField(_("until"))

    class Meta(Child.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            in_order(
                "membership_ends_after_it_begins",
                "since_on",
                "until_on",
                _("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="membership_is_of_another",
                condition=~Q(actor=F("organisation")),
                violation_error_message=_("An actor cannot be a member of itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
