"""Makes a new editor's entry for practice, and throws it away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk.addresses import draft_address
from desk.first_hour import practice_snapshot
from publishing.actions import practising
from publishing.languages import active_language


@require_POST
def practice(request: HttpRequest) -> HttpResponse:
    """Begin the person's entry for practice and open it, or throw it away."""
    if request.POST.get("verb") == "throw_away":
        practising.throw_away_practice(by=request.user)
        messages.success(request, _("Your entry for practice is thrown away."))
        return redirect("admin:index")
    snapshot = practice_snapshot(request.user)
    if snapshot is None:
        raise Http404
    draft = practising.begin_practice(snapshot, by=request.user, note_language=active_language())
    return redirect(draft_address(draft))
