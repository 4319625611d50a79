"""Choices of ceasefires, reconstruction, actors and places.

The values of PA-X, ETH/PRIO, UCDP and the Peace Accords Matrix can be mapped to them; docs/glossary.md
explains them in three languages.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CeasefireClass(models.TextChoices):
    """What kind of arrangement stopped, or was to stop, the fighting."""

    UNILATERAL_DECLARATION = "unilateral_declaration", _("Unilateral declaration")
    HUMANITARIAN_PAUSE = "humanitarian_pause", _("Humanitarian pause")
    CESSATION_OF_HOSTILITIES = "cessation_of_hostilities", _("Cessation of hostilities")
    PRELIMINARY_CEASEFIRE = "preliminary_ceasefire", _("Preliminary ceasefire")
    DEFINITIVE_CEASEFIRE = "definitive_ceasefire", _("Definitive ceasefire")
    CEASEFIRE_RELATED = "ceasefire_related", _("Ceasefire-related agreement")
    POLITICAL_ACCORD = "political_accord_ending_fighting", _("Political accord that ends fighting")
    UNCLEAR = "unclear", _("Unclear")


class Outcome(models.TextChoices):
    """The state of a ceasefire, or how it ended, as of a date."""

    HOLDING = "holding", _("Holding")
    EXPIRED = "expired", _("Expired")
    EXTENDED = "extended_or_replaced", _("Extended or replaced")
    SUPERSEDED = "superseded_by_settlement", _("Superseded by a settlement")
    COLLAPSED = "collapsed", _("Collapsed")
    NEVER_TOOK_EFFECT = "never_took_effect", _("Never took effect")
    DISPUTED = "disputed", _("Disputed")
    UNKNOWN = "unknown", _("Unknown")


class Review(models.TextChoices):
    """Whether editors reviewed a case, or a dataset's record is all that it holds."""

    REVIEWED = "reviewed", _("Reviewed by editors")
    CODED = "coded", _("Coded by a dataset, not reviewed")


class Scope(models.TextChoices):
    """How much of the conflict's area a ceasefire covers."""

    COUNTRYWIDE = "countrywide", _("Countrywide")
    PARTIAL = "partial", _("Part of the country")
    LOCAL = "local", _("Local")
    CROSS_BORDER = "cross_border", _("Across a border")
    UNCLEAR = "unclear", _("Unclear")


class Written(models.TextChoices):
    """Whether there is a written text, and whether it can be read."""

    TEXT_KNOWN = "text_known", _("Written, text public")
    WRITTEN = "written", _("Written, text not public")
    UNWRITTEN = "unwritten", _("Not written")
    UNCLEAR = "unclear", _("Unclear")


class Sidedness(models.TextChoices):
    """How many sides committed themselves."""

    UNILATERAL = "unilateral", _("Unilateral")
    BILATERAL = "bilateral", _("Bilateral")
    MULTILATERAL = "multilateral", _("Multilateral")
    UNCLEAR = "unclear", _("Unclear")


class ActorType(models.TextChoices):
    """What kind of actor it is."""

    STATE = "state", _("State")
    GOVERNMENT = "government", _("Government or authority")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    MISSION = "mission", _("International mission or office")
    ARMED_GROUP = "armed_group", _("Armed group")
    MILITARY = "military", _("Armed forces")
    POLITICAL_PARTY = "political_party", _("Political party or movement")
    COALITION = "coalition", _("Coalition")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    FUND = "fund", _("Fund or development agency")
    PERSON = "person", _("Person")
    OTHER = "other", _("Other")


class PartyRole(models.TextChoices):
    """What an actor did in or for a ceasefire."""

    SIGNATORY = "signatory", _("Signatory")
    DECLARING_PARTY = "declaring_party", _("Declaring party")
    MEDIATOR = "mediator", _("Mediator")
    FACILITATOR = "facilitator", _("Facilitator")
    HOST = "host", _("Host")
    WITNESS = "witness", _("Witness")
    GUARANTOR = "guarantor", _("Guarantor")
    MONITOR = "monitor", _("Monitor")
    ENFORCER = "enforcer", _("Enforcer")
    FUNDER = "funder", _("Funder")
    ENDORSER = "endorser", _("Endorser")
    BACKER = "belligerent_backer", _("Backer of a belligerent")


class PartnerRole(models.TextChoices):
    """What an actor did in a reconstruction initiative."""

    DONOR = "donor", _("Donor")
    LEAD = "lead", _("Lead organisation")
    IMPLEMENTER = "implementer", _("Implementer")
    ADMINISTRATOR = "administrator", _("Fund administrator")
    HOST = "host", _("Host")
    RECIPIENT = "recipient", _("Recipient")


class DocumentType(models.TextChoices):
    """What kind of text belongs to a case."""

    AGREEMENT = "agreement", _("Agreement")
    DECLARATION = "declaration", _("Declaration")
    ANNEX = "annex", _("Annex or modalities")
    RESOLUTION = "resolution", _("Resolution")
    STATEMENT = "statement", _("Statement")
    REPORT = "report", _("Report")


class Topic(models.TextChoices):
    """What a provision is about."""

    CESSATION = "cessation", _("End of hostilities")
    WITHDRAWAL = "withdrawal", _("Withdrawal and redeployment")
    FOREIGN_FORCES = "foreign_forces", _("Withdrawal of foreign forces")
    MONITORING = "monitoring", _("Monitoring and verification")
    ENFORCEMENT = "enforcement", _("Enforcement")
    DISPUTE_RESOLUTION = "dispute_resolution", _("Dispute resolution")
    DISARMAMENT = "disarmament", _("Disarmament, demobilisation and reintegration")
    SECURITY_REFORM = "security_reform", _("Army and police")
    PRISONERS = "prisoners", _("Prisoners and detainees")
    AMNESTY = "amnesty", _("Amnesty")
    HUMANITARIAN_ACCESS = "humanitarian_access", _("Humanitarian access")
    FREEDOM_OF_MOVEMENT = "freedom_of_movement", _("Roads, ports and flights")
    CIVILIANS = "civilians", _("Protection of civilians")
    DISPLACED = "displaced", _("Refugees and displaced people")
    POWER_SHARING = "power_sharing", _("Power-sharing and elections")
    DIALOGUE = "dialogue", _("Dialogue and political process")
    TERRITORY = "territory", _("Territory and autonomy")
    RECONSTRUCTION = "reconstruction", _("Reconstruction and economy")
    HATE_SPEECH = "hate_speech", _("Media and hate speech")
    OTHER = "other", _("Other")


class Strength(models.IntegerChoices):
    """How binding a provision is, as in PA-X."""

    RHETORICAL = 1, _("General, without a mechanism")
    SUBSTANTIVE = 2, _("Concrete, hard to enforce")
    DETAILED = 3, _("Concrete, detailed and enforceable")


class Implementation(models.IntegerChoices):
    """How far a provision was implemented, as in the Peace Accords Matrix."""

    NONE = 0, _("Not begun")
    MINIMAL = 1, _("Minimal")
    INTERMEDIATE = 2, _("Intermediate")
    FULL = 3, _("Full")


class MechanismType(models.TextChoices):
    """What a mechanism of a ceasefire is for."""

    MONITORING = "monitoring", _("Monitoring")
    VERIFICATION = "verification", _("Verification")
    ENFORCEMENT = "enforcement", _("Enforcement")
    DISPUTE_RESOLUTION = "dispute_resolution", _("Dispute resolution")
    JOINT_COMMISSION = "joint_commission", _("Joint commission")
    LIAISON = "liaison", _("Liaison and coordination")


class MechanismStatus(models.TextChoices):
    """The status of a mechanism."""

    AGREED = "agreed", _("Agreed only")
    OPERATING = "operating", _("Working")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended")
    NEVER_ESTABLISHED = "never_established", _("Never set up")
    UNKNOWN = "unknown", _("Unknown")


class EventType(models.TextChoices):
    """What kind of step an event is in the life of a ceasefire."""

    FIGHTING = "fighting", _("Fighting")
    TALKS = "talks", _("Talks")
    DECLARATION = "declaration", _("Declaration")
    SIGNATURE = "signature", _("Signature")
    ENTRY_INTO_FORCE = "entry_into_force", _("Entry into force")
    ENDORSEMENT = "endorsement", _("Endorsement")
    IMPLEMENTATION = "implementation", _("Step of implementation")
    EXTENSION = "extension", _("Extension")
    MISSED_DEADLINE = "missed_deadline", _("Missed deadline")
    POLITICAL = "political", _("Political event")
    END = "end", _("End")


class BreachType(models.TextChoices):
    """What was done against a ceasefire."""

    DIRECT_FIRE = "direct_fire", _("Direct fire")
    INDIRECT_FIRE = "indirect_fire", _("Shelling and rockets")
    AIR_OR_DRONE = "air_or_drone", _("Air or drone strike")
    EXPLOSIVE = "explosive", _("Mine or explosive device")
    CLASHES = "clashes", _("Armed clashes")
    TROOP_MOVEMENT = "troop_movement", _("Movement of troops")
    REINFORCEMENT = "reinforcement", _("Reinforcement or arms transfer")
    FAILURE_TO_WITHDRAW = "failure_to_withdraw", _("Failure to withdraw")
    DETENTION = "detention", _("Detention, or failure to release")
    OBSTRUCTION_OF_MONITORS = "obstruction_of_monitors", _("Obstruction of monitors")
    OBSTRUCTION_OF_AID = "obstruction_of_aid", _("Obstruction of aid")
    HARM_TO_CIVILIANS = "harm_to_civilians", _("Harm to civilians")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence")
    CHILD_RECRUITMENT = "child_recruitment", _("Recruitment of children")
    HOSTILE_PROPAGANDA = "hostile_propaganda", _("Hostile propaganda")
    OTHER = "other", _("Other")


class BreachStatus(models.TextChoices):
    """How well a breach is established."""

    ALLEGED = "alleged", _("Alleged")
    UNDER_VERIFICATION = "under_verification", _("Under verification")
    VERIFIED = "verified", _("Verified")
    UNATTRIBUTED = "unattributed", _("Verified, not attributed")
    DISPUTED = "disputed", _("Disputed")
    DENIED = "denied", _("Denied")


class FundingNature(models.TextChoices):
    """What kind of money an amount is."""

    GRANT = "grant", _("Grant")
    LOAN = "loan", _("Loan")
    CREDIT = "credit", _("Export credit or guarantee")
    INVESTMENT = "investment", _("Investment")
    MIXED = "mixed", _("Mixed")
    EARLIER_OBLIGATION = "earlier_obligation", _("Obligation made earlier")
    UNSPECIFIED = "unspecified", _("Not specified")


class Currency(models.TextChoices):
    """The currency that the source gives the amount in."""

    USD = "USD", _("US dollar")
    EUR = "EUR", _("Euro")
    BAM = "BAM", _("Bosnian convertible mark")
    SAR = "SAR", _("Saudi riyal")
    KWD = "KWD", _("Kuwaiti dinar")
    AED = "AED", _("UAE dirham")
    QAR = "QAR", _("Qatari riyal")
    GBP = "GBP", _("Pound sterling")


class PlaceType(models.TextChoices):
    """What kind of place it is."""

    COUNTRY = "country", _("Country")
    TERRITORY = "territory", _("Territory")
    REGION = "region", _("Region")
    FORMER_COUNTRY = "former_country", _("Former country")
