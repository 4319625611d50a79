"""The admin for administrators: accounts, invitations, second factors, and the mail queue."""

from accounts.admin.accounts import AccountAdmin, AddressChangeAdmin, FactorAdmin
from accounts.admin.invitations import InvitationAdmin
from accounts.admin.mail import MailAdmin

__all__ = ["AccountAdmin", "AddressChangeAdmin", "FactorAdmin", "InvitationAdmin", "MailAdmin"]
