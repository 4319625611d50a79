"""Takes corrections that were written offline: a file becomes the ordinary form, filled in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from contributions.abuse import tokens
from contributions.form.editable import EditableFields
from contributions.form.files import Correction, HandInForm
from contributions.form.forms import ProposalForm, form_field_name
from contributions.views.door import Propose
from publishing.fields.policy import PublicAccess
from publishing.policy import is_open
from publishing.views.entries import entry_at_old_address


# No CSRF token, as in the form itself: nothing is stored before that is sent.
@method_decorator([csrf_exempt, never_cache, sensitive_post_parameters()], name="dispatch")
class HandIn(Propose):
    """A page to choose the file on, and then the form of what it corrects.

    Whoever hands it in sees what is public now, with the file's words in the boxes, and sends that: it
    passes the same rules and limits, and arrives in the same queue.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """No entry is named by the address; the file names it."""
        self.kind, self.at, self.entry = "", "", None
        return View.dispatch(self, request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page to choose the file on."""
        return self._respond("contributions/hand_in.html", 200, form=HandInForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, filled in; or the same page, with what is wrong with the file."""
        if response := self._refuse_request(request):
            return response
        form = HandInForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._respond("contributions/hand_in.html", 422, form=form)
        self.correction: Correction = form.cleaned_data["correction"]
        try:
            # Its words belong into the boxes of the language that they were written in.
            with override(self.correction.language):
                return self._filled_form().render()
        except Http404:
            form.add_error("file", form.messages["unknown"])
            return self._respond("contributions/hand_in.html", 422, form=form)

    def _filled_form(self) -> Any:
        """Raises Http404 where the casebook has no such entry or fact, or takes no proposals of it."""
        correction = self.correction
        access = PublicAccess.CORRECTIONS if correction.slug else PublicAccess.NEW_ENTRIES
        if not is_open(correction.kind, access):
            raise Http404
        self.kind, self.at = correction.kind, correction.at
        if correction.slug:
            self.entry = self._entry_of(correction.slug)
        editable = self._editable_fields(self.entry.revision if self.entry else None, is_whole=False)
        number = editable.base.number if editable.base else None
        token = tokens.form_token(self._key, self.at, number, timezone.now())
        name = _box_for(editable, correction.value, correction.language)
        is_seen = name in {form_field_name(fact.path) for fact in editable.facts}
        initial = {**correction.texts, "token": token, **({name: correction.value} if name else {})}
        self.handed_in = {
            "action": self._address(),
            "unplaced_value": "" if is_seen else correction.value,
            "is_older": number is not None and correction.revision not in (0, number),
        }
        return self._page(ProposalForm(editable=editable, initial=initial))

    def _entry_of(self, slug: str) -> Any:
        entry = self._entry(slug) or entry_at_old_address(self.kind, slug)
        if entry is None or entry.is_retracted or entry.is_out_of_sight:
            raise Http404
        return entry

    def _address(self) -> str:
        """Where the form is sent: to the form of this fact."""
        if self.entry is None:
            return reverse("contributions:propose_new", args=[self.kind])
        at = [self.at] if self.at else []
        return reverse(f"contributions:propose{'_at' if at else ''}", args=[self.kind, self.entry.slug, *at])

    def _respond(self, template: str, status: int, **context: Any) -> HttpResponse:
        return super()._respond(template, status, **context, **getattr(self, "handed_in", {}))


def _box_for(editable: EditableFields, value: str, language: str) -> str:
    """The name of the box that takes the words of the file: that of the one text which is asked for.

    "" where there is none: then the words stand above the form, and people choose.
    """
    texts = [one for one in editable.facts if not (one.column.choices or one.column.is_relation)]
    if not value or len({one.name for one in editable.facts}) != 1 or len(texts) != len(editable.facts):
        return ""
    same = [one for one in editable.all_facts if one.name == texts[0].name]
    fitting = [one for one in same if one.language in ("", language)]
    return form_field_name(fitting[0].path) if fitting else ""
