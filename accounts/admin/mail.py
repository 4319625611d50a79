"""The admin of the mail queue."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.mail import delivery
from accounts.models import Mail
from accounts.vocabulary import Delivery
from desk.access import ReadOnlyAdmin


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Queued and sent mail, without its text."""

    list_display = ("shown_recipient", "subject", "created_at", "sent", "tries", "next_try_at", "shown_error")
    fields = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Each knows whether the reader may see a sender's address: moderators may, and nobody else."""
        is_moderator = request.user.has_perm("publishing.decide_proposal")
        shown = Value(True) if is_moderator else ~Q(is_to_sender=True)
        return (
            super()
            .get_queryset(request)
            .annotate(shows_address=ExpressionWrapper(shown, output_field=BooleanField()))
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; where no mail goes out, it says so."""
        if delivery() != Delivery.SENT and request.method == "GET":
            messages.warning(request, delivery().label)
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, mail: Mail) -> str:
        """When a mail server took it; where none is set, what became of it instead."""
        if mail.sent_at is None:
            return gettext("waits")
        moment = f"{mail.sent_at:%Y-%m-%d %H:%M} UTC"
        if delivery() == Delivery.LOGGED:
            return gettext("written to the log, %(time)s") % {"time": moment}
        if delivery() == Delivery.FILED:
            return gettext("written to a file, %(time)s") % {"time": moment}
        return moment

    @admin.display(description=_("to"))
    def shown_recipient(self, mail: Any) -> str:
        """The address; of a sender of proposals, only for moderators."""
        return mail.recipient if mail.shows_address else gettext("a sender of proposals")

    @admin.display(description=_("last error"))
    def shown_error(self, mail: Any) -> str:
        """What the mail server said; without its words where they may name a sender."""
        return mail.error if mail.shows_address else mail.error.partition(":")[0]
