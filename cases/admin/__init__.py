"""The admin of ceasefire cases, reconstruction initiatives, actors and places."""

from cases.admin.case import CaseAdmin
from cases.admin.initiative import InitiativeAdmin
from cases.admin.reference import ActorAdmin, PlaceAdmin

__all__ = ["ActorAdmin", "CaseAdmin", "InitiativeAdmin", "PlaceAdmin"]
