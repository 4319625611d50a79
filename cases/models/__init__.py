"""What is stored of places, actors, ceasefire cases and reconstruction initiatives."""

from cases.models.actor import Actor, Alias, Membership
from cases.models.breach import Breach
from cases.models.case import Case
from cases.models.initiative import Funding, Initiative, Partner, Result
from cases.models.parts import Assessment, Document, Event, Mechanism, Participation, Provision
from cases.models.place import Place

__all__ = [
    "Actor",
    "Alias",
    "Assessment",
    "Breach",
    "Case",
    "Document",
    "Event",
    "Funding",
    "Initiative",
    "Mechanism",
    "Membership",
    "Participation",
    "Partner",
    "Place",
    "Provision",
    "Result",
]
