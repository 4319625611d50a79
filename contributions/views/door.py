"""The form with which anybody can propose a change of one fact or row, or a new entry."""

import datetime
import hashlib
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from contributions import rules
from contributions.abuse import rate_limits, tokens
from contributions.actions import sending
from contributions.form.editable import EditableFields, editable_fields
from contributions.form.forms import ProposalForm
from contributions.form.target import UnknownTarget
from contributions.wording import about, heading
from publishing.fields.columns import canonical
from publishing.fields.policy import PublicAccess
from publishing.languages import active_language
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.networks import network_of, wide_network_of
from publishing.numbers import parse_number
from publishing.policy import is_open
from publishing.rules import Refusal
from publishing.views.entries import entry_at_old_address, respelled

CONTRIBUTION_FIELDS = (
    *("source_reference", "source_page", "source_quotation", "why_no_source"),
    *("reason", "name", "wants_credit", "mail"),
)
# What a form sends that nobody typed.
UNTYPED = {"token", "ticket", "work", "all", "more", "nothing_here"}
# The HTTP status of refusals that are not errors in the form.
REFUSAL_STATUS = {"full": 503, "busy": 503, "many_on_entry": 503, "too_many": 429, "paused": 403, "sent": 409}


# No CSRF token: nobody is signed in here, and readers should get no cookie.
@method_decorator([csrf_exempt, never_cache, sensitive_post_parameters()], name="dispatch")
class Propose(View):
    """The form for some facts or a row of an entry, or for a new entry."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the entry first; an old address redirects to the new one."""
        self.kind, self.at = kwargs["kind"], kwargs.get("at", "")
        access = PublicAccess.CORRECTIONS if "slug" in kwargs else PublicAccess.NEW_ENTRIES
        if not is_open(self.kind, access):
            raise Http404
        self.entry = self._entry(kwargs["slug"]) if "slug" in kwargs else None
        if "slug" in kwargs and self.entry is None:
            return self._gone() if request.method == "POST" else self._moved(kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)

    def _entry(self, slug: str) -> Entry | None:
        """The entry of the address; where that has changed, the entry that the form was opened on."""
        entries = kinds()[self.kind]._default_manager.in_sight()
        entry = entries.filter(slug=slug).first()
        if entry is not None or self.request.method != "POST":
            return entry
        try:
            key = tokens.entry_key(self.request.POST.get("token", ""))
        except tokens.InvalidToken:
            return None
        return entries.filter(pk=key).first() if key else None

    def _gone(self) -> HttpResponse:
        """The entry was retracted, or merged into another, while its form was open: show what was typed."""
        heir = entry_at_old_address(self.kind, self.kwargs["slug"])
        typed = [
            text
            for name, texts in self.request.POST.lists()
            for text in map(str, texts)
            if name not in UNTYPED and text.strip()
        ]
        heir = None if heir is not None and heir.is_retracted else heir
        return self._respond("contributions/gone.html", 410, typed=typed, heir=heir)

    def _moved(self, slug: str) -> HttpResponseBase:
        entry = entry_at_old_address(self.kind, slug)
        if entry is None:
            if (right := respelled(self.request, self.kind)) is None:
                raise Http404
            return right
        at = [self.at] if self.at else []
        name = "contributions:propose_at" if at else "contributions:propose"
        return redirect(name, self.kind, entry.slug, *at)

    # --- the empty form ----------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form with the current values."""
        editable = self._editable_fields(self.entry.revision if self.entry else None, is_whole=self._is_whole)
        number = editable.base.number if editable.base else None
        token = tokens.form_token(self._key, self.at, number, timezone.now())
        return self._page(ProposalForm(editable=editable, initial={"token": token}))

    @cached_property
    def _key(self) -> str:
        """What the token is valid for: the key of the entry, or the kind of a new one."""
        return str(self.entry.pk) if self.entry else self.kind

    def _editable_fields(self, number: int | None, *, is_whole: bool) -> EditableFields:
        base = None
        if self.entry is not None:
            # The token of a form on an entry always names a revision.
            of_entry = Revision.objects.select_related("entry").filter(entry_id=self.entry.pk)
            base = of_entry.get(number=cast(int, number))
        try:
            return editable_fields(kinds()[self.kind], base, self.at, is_whole=is_whole)
        except UnknownTarget as error:
            raise Http404 from error

    # --- what was sent -----------------------------------------------------------------------

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """First the cheap tests of request, token and limits; then the form itself."""
        if response := self._refuse_request(request):
            return response
        try:
            token = tokens.read_form_token(request.POST.get("token", ""), self._key, self.at)
        except tokens.InvalidToken:
            return self._respond("contributions/not_ours.html", 400)
        self.now = timezone.now()
        if (answer := self._answer_before(token)) is not None:
            return answer
        sender = rate_limits.sender_digest(network_of(request), self.now)
        self.network = rate_limits.sender_digest(f"wide {wide_network_of(request)}", self.now)
        try:
            self._check_sender(sender)
            form = ProposalForm(
                request.POST, editable=self._editable_fields(token.number, is_whole=self._is_whole)
            )
            if "more" in request.POST:
                return self._page(form.unchecked())
            return self._send(form, token, sender)
        except Refusal as refusal:
            if refusal.code not in REFUSAL_STATUS:
                raise
            # The same form may have come in at the same moment.
            answer = self._answer_before(token) if refusal.code == "sent" else None
            status = REFUSAL_STATUS[refusal.code]
            return answer or self._respond("contributions/not_now.html", status, refusal=refusal)

    def _answer_before(self, token: tokens.FormToken) -> HttpResponse | None:
        """The answer that this form got before; another text is shown, to be sent again."""
        used = sending.sent_before(token)
        if used is None or used.contribution is None or "more" in self.request.POST:
            return None
        first = f"{redirect('contributions:follow', tokens.follow_token(used.contribution)).url}?sent=1"
        if used.content_digest == self._content_digest:
            return redirect(first)
        form = ProposalForm(
            self._data_with_new_token(token),
            editable=self._editable_fields(token.number, is_whole=self._is_whole),
        )
        form.add_error(None, rules.refusal_of_used_form().message)
        return self._page(form, status=409, first=first)

    @property
    def _content_digest(self) -> str:
        """SHA-256 of all that was typed."""
        typed = sorted((name, values) for name, values in self.request.POST.lists() if name not in UNTYPED)
        return hashlib.sha256(canonical(typed)).hexdigest()

    def _refuse_request(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse what our form cannot have sent: requests from another site, or far too long ones."""
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return self._respond("contributions/not_ours.html", 400)
        length = parse_number(request.headers.get("Content-Length") or "0", max_digits=11)
        if length is None:
            return self._respond("contributions/not_ours.html", 400)
        if length > settings.DOOR["max_bytes"]:
            return self._respond("contributions/too_long.html", 413)
        return None

    def _check_sender(self, sender: str) -> None:
        if refusal := rules.why_not_receive_from(sender, self.now):
            raise refusal
        counted, hour = (f"tries:{sender}", f"tries:{self.network}"), rate_limits.start_of_hour(self.now)
        tries = [rate_limits.current_count(of, hour) for of in counted]
        key = self.entry.pk if self.entry else self.kind
        if refusal := rules.why_not_try_again(*tries) or sending.why_not_receive_now(
            sender, self.network, key, self.now
        ):
            raise refusal
        for of in counted:
            rate_limits.increment(of, hour)

    def _send(self, form: ProposalForm, token: tokens.FormToken, sender: str) -> HttpResponse:
        if refusal := rules.why_not_receive_form_of_age(token.age_at(self.now)):
            return self._show_again(form, token, refusal)
        if not form.is_valid():
            return self._page(form, status=422)
        if self._is_challenged(token):
            return self._challenge(form, token)
        submission = sending.Submission(
            sender=sender,
            network=self.network,
            content_digest=self._content_digest,
            language=active_language(),
            offered=form.editable.paths,
            change_class=form.change_class,
            fields={name: form.cleaned_data[name] for name in CONTRIBUTION_FIELDS},
        )
        try:
            _contribution, follow_token = sending.send(
                form.wanted, base=form.editable.base, token=token, submission=submission
            )
        except Refusal as refusal:
            if refusal.code in REFUSAL_STATUS:
                raise
            form.add_error(None, refusal.message)
            return self._page(form, status=422)
        return redirect(f"{redirect('contributions:follow', follow_token).url}?sent=1")

    def _show_again(self, form: ProposalForm, token: tokens.FormToken, refusal: Refusal) -> HttpResponse:
        """Show the form again as it was sent, with a new token unless it came too quickly."""
        if refusal.code != "too_quick":
            form.data = self._data_with_new_token(token)
        form.add_error(None, refusal.message)
        return self._page(form, status=422)

    def _data_with_new_token(self, token: tokens.FormToken) -> QueryDict:
        posted = self.request.POST.copy()
        posted["token"] = tokens.form_token(self._key, self.at, token.number, self.now)
        return posted

    # --- proof of work, or a waiting time ------------------------------------------------------

    def _is_challenged(self, token: tokens.FormToken) -> bool:
        hour = rate_limits.start_of_hour(self.now)
        if rate_limits.current_count("all", hour) < settings.DOOR["challenge_from"]:
            return False
        posted = self.request.POST
        return not (
            tokens.has_done_work(posted.get("work", ""), token)
            or tokens.has_waited(posted.get("ticket", ""), token, self.now)
        )

    def _challenge(self, form: ProposalForm, token: tokens.FormToken) -> HttpResponse:
        """A page with all that was sent, which sends it again after the proof of work or the waiting time."""
        wait = datetime.timedelta(seconds=settings.DOOR["wait_seconds"])
        posted = self.request.POST
        fields = [(name, value) for name, values in posted.lists() for value in values]
        return self._respond(
            "contributions/challenge.html",
            429,
            posted_fields=[(name, value) for name, value in fields if name not in {"ticket", "work"}],
            ticket=posted.get("ticket") or tokens.wait_ticket(token, self.now + wait),
            is_again="ticket" in posted,
            digest=token.digest,
            bits=settings.DOOR["challenge_bits"],
            seconds=settings.DOOR["wait_seconds"],
        )

    # --- pages -----------------------------------------------------------------------------------

    def _page(self, form: ProposalForm, status: int = 200, first: str = "") -> HttpResponse:
        """The page with the form; first: the address of what was sent with it before."""
        return self._respond(
            "contributions/propose.html",
            status,
            form=form,
            first=first,
            # Under this name the browser keeps what is typed, in whatever language the form is read.
            form_key=f"{self._key}:{self.at}",
            editable=form.editable,
            heading=heading(form.editable),
            about=about(form.editable),
            can_show_more=self.entry is not None and "/" not in self.at and self.at and not self._is_whole,
            is_whole=self._is_whole,
            days=settings.CONTRIBUTION_DAYS,
        )

    @property
    def _is_whole(self) -> bool:
        return bool({"all", "more"} & {*self.request.GET, *self.request.POST})

    def _respond(self, template: str, status: int, **context: Any) -> HttpResponse:
        is_temporary = status in {429, 503}
        context = {"entry": self.entry, "at": self.at, "is_temporary": is_temporary, **context}
        response = TemplateResponse(self.request, template, context, status=status)
        if is_temporary:
            response.headers["Retry-After"] = "3600"
        return response
