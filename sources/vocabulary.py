"""Choices of sources, claims, links and pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceType(models.TextChoices):
    """What kind of document a source is."""

    AGREEMENT_TEXT = "agreement_text", _("Text of an agreement")
    UN_DOCUMENT = "un_document", _("United Nations document")
    OFFICIAL_STATEMENT = "official_statement", _("Official statement")
    DATASET = "dataset", _("Dataset")
    ACADEMIC = "academic", _("Academic work")
    REPORT = "report", _("Report")
    NEWS = "news", _("News")


class Reliability(models.TextChoices):
    """How close the source is to the events, and how it checks."""

    PRIMARY = "primary", _("Primary: the act or record itself")
    INSTITUTIONAL = "institutional", _("Institutional: a body with a duty to report")
    SCHOLARLY = "scholarly", _("Scholarly: reviewed research or a documented dataset")
    JOURNALISM = "journalism", _("Journalism")
    PARTISAN = "partisan", _("A party's own account")
    UNGRADED = "ungraded", _("Not graded")


class IdentifierScheme(models.TextChoices):
    """What kind of number a document is known by."""

    DOI = "doi", _("DOI")
    UN_SYMBOL = "un_symbol", _("UN document symbol")
    ISBN = "isbn", _("ISBN")
    RECORD = "record", _("Record number")


class Stance(models.TextChoices):
    """How a source relates to what the editors say."""

    SUPPORTS = "supports", _("Says the same")
    DIFFERS = "differs", _("Says otherwise")
    CONTEXT = "context", _("Gives context")
    # It said the same until the value was changed; nobody has checked since whether it says the new one.
    EARLIER = "earlier", _("Said of an earlier value")


class Confidence(models.TextChoices):
    """How sure the editors are of a claim."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Scheme(models.TextChoices):
    """A catalogue of the field that gives entries numbers of its own."""

    PA_X = "pa_x", _("PA-X Peace Agreements")
    ETH_PRIO = "eth_prio", _("ETH/PRIO Civil Conflict Ceasefires")
    UCDP_AGREEMENT = "ucdp_agreement", _("UCDP Peace Agreements")
    UCDP_CONFLICT = "ucdp_conflict", _("UCDP conflicts")
    UCDP_ACTOR = "ucdp_actor", _("UCDP actors")
    PAM = "pam", _("Peace Accords Matrix")


class LinkResult(models.TextChoices):
    """How a link answered when it was checked."""

    WORKS = "works", _("Works")
    MOVED = "moved", _("Works, but has moved for good")
    GONE = "gone", _("Gone")
    REFUSED = "refused", _("Answers, but not to us")
    UNREACHABLE = "unreachable", _("Does not answer")
    NOT_PUBLIC = "not_public", _("Not an address that we check")


# Results of links that lead to the document, and of dead links.
ANSWERING = frozenset({LinkResult.WORKS, LinkResult.MOVED})
DEAD = frozenset({LinkResult.GONE, LinkResult.UNREACHABLE})


class Licence(models.TextChoices):
    """The licence of a picture."""

    PUBLIC_DOMAIN = "public_domain", _("Public domain")
    CC0 = "cc0", "CC0 1.0"
    CC_BY_2 = "cc_by_2", "CC BY 2.0"
    CC_BY_3 = "cc_by_3", "CC BY 3.0"
    CC_BY_4 = "cc_by_4", "CC BY 4.0"
    CC_BY_SA_2 = "cc_by_sa_2", "CC BY-SA 2.0"
    CC_BY_SA_3 = "cc_by_sa_3", "CC BY-SA 3.0"
    CC_BY_SA_4 = "cc_by_sa_4", "CC BY-SA 4.0"
    UNITED_NATIONS = "united_nations", _("United Nations terms of use")
    BY_PERMISSION = "by_permission", _("By permission")
    OTHER = "other", _("Other terms")


# The addresses of public licences; for the others a picture has `terms`.
LICENCE_TEXTS: dict[str, str] = {
    Licence.PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY_2: "https://creativecommons.org/licenses/by/2.0/",
    Licence.CC_BY_3: "https://creativecommons.org/licenses/by/3.0/",
    Licence.CC_BY_4: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA_2: "https://creativecommons.org/licenses/by-sa/2.0/",
    Licence.CC_BY_SA_3: "https://creativecommons.org/licenses/by-sa/3.0/",
    Licence.CC_BY_SA_4: "https://creativecommons.org/licenses/by-sa/4.0/",
}
