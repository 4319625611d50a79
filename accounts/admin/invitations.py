"""The admin of invitations: who is invited, and the links to give to them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.forms import Invite
from accounts.mail import delivery, invitation_link
from accounts.models import Invitation
from desk.widgets import CleanBoxesMixin
from publishing.rules import Refusal


@admin.register(Invitation)
class InvitationAdmin(CleanBoxesMixin, admin.ModelAdmin):
    """Invitations and their states."""

    form = Invite
    list_display = ("address", "state", "in_roles", "invited_by", "created_at", "expires_at")
    search_fields = ("address",)
    list_select_related = ("invited_by",)
    filter_horizontal = ("roles",)
    actions = ("send_again", "revoke")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the roles prefetched."""
        return super().get_queryset(request).prefetch_related("roles")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who is inviting, which the rule needs."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An invitation is sent again or revoked, never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Invitations are kept as a record."""
        return False

    @admin.display(description=_("state"))
    def state(self, invitation: Invitation) -> str:
        """Its state now."""
        return str(invitation.state_at(timezone.now()).label)

    @admin.display(description=_("roles"))
    def in_roles(self, invitation: Invitation) -> str:
        """The groups that the new account will have."""
        return ", ".join(gettext(group.name) for group in invitation.roles.all())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Send the invitation; `obj` becomes the invitation that the action created."""
        cleaned = form.cleaned_data
        invitation, token = actions.invite(
            cleaned["address"], roles=cleaned["roles"], language=cleaned["language"], by=request.user
        )
        obj.pk, obj.token = invitation.pk, token
        obj._state.adding = False

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The link, shown this once: only its digest is stored."""
        invitation = Invitation.objects.get(pk=obj.pk)
        return self._show_links(request, [(invitation, obj.token)])

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> HttpResponse:
        """The form says whether mail goes out."""
        return super().render_change_form(request, {**context, "delivery": delivery()}, *args, **options)

    def _show_links(self, request: HttpRequest, made: list[tuple[Invitation, str]]) -> HttpResponse:
        """A page with the links, to be copied and given to the invited."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Links of invitations"),
            "opts": self.opts,
            "delivery": delivery(),
            "links": [(invitation, invitation_link(invitation, token)) for invitation, token in made],
        }
        return TemplateResponse(request, "admin/accounts/invitation_links.html", context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing to do: the action has saved the roles."""

    @admin.action(description=_("New link (the old one ends)"), permissions=["add"])
    def send_again(self, request: HttpRequest, invitations: QuerySet) -> HttpResponse | None:
        """Mail a new link to each, and show it this once."""
        made = [one for one in (self._try(request, one, actions.invite_again) for one in invitations) if one]
        return self._show_links(request, made) if made else None

    @admin.action(description=_("Revoke"), permissions=["add"])
    def revoke(self, request: HttpRequest, invitations: QuerySet) -> None:
        """Revoke each."""
        for invitation in invitations:
            if self._try(request, invitation, actions.revoke):
                success = gettext("The invitation of %(address)s is revoked.")
                self.message_user(request, success % {"address": invitation.address})

    def _try(self, request: HttpRequest, invitation: Invitation, action: Any) -> Any:
        """What the action returns; None where it is refused, which is told."""
        try:
            return action(invitation, by=request.user)
        except Refusal as refusal:
            self.message_user(request, f"{invitation}: {refusal}", messages.WARNING)
            return None
