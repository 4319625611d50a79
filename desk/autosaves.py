"""What people have typed into forms of the desk and not saved yet: one autosave for each opened form."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.addresses import desk_address, draft_address, parse_uuid
from publishing.languages import OWN_NAMES, PAGE_LANGUAGES, active_language, column_in
from publishing.models import Entry, FormAutosave, Proposal
from publishing.models.entry import kinds
from publishing.tokens import FORM_TOKEN, new_token

ADD, TEXTS = "add", "texts"


def form_token_of(request: HttpRequest) -> str:
    """The token of the form that was sent, or of the autosave that is shown; else a new one."""
    token = request.POST.get("form_token") or request.GET.get("form") or ""
    return token if re.fullmatch(FORM_TOKEN, token) else new_token()


def autosave_key(form_key: str, token: str) -> str:
    """The key of the autosave of one opened form."""
    return f"{form_key}:{token}" if token else form_key


def split_autosave_key(key: str) -> tuple[str, str]:
    """The key of the form and the token of the opened form, which may be ""; ("", "") if it is not valid."""
    form_key, _colon, token = key.rpartition(":")
    if _is_form_key(key):
        return key, ""
    if _is_form_key(form_key) and re.fullmatch(FORM_TOKEN, token):
        return form_key, token
    return "", ""


def _is_form_key(text: str) -> bool:
    first, *rest = text.split(":")
    if first == ADD:
        return len(rest) == 1 and rest[0] in kinds()
    if first == TEXTS:
        return len(rest) == 2 and parse_uuid(rest[0]) is not None and rest[1] in PAGE_LANGUAGES
    return not rest and parse_uuid(text) is not None


def key_of_texts(entry: Entry, language: str) -> str:
    """The key of the form of the entry's texts in the language."""
    return f"{TEXTS}:{entry.pk}:{language}"


def autosaves_of(form_key: str, by: Any) -> list[FormAutosave]:
    """The person's autosaves of the form, newest first."""
    found = FormAutosave.objects.filter(by=by).filter(
        Q(form_key=form_key) | Q(form_key__startswith=f"{form_key}:")
    )
    autosaves = list(found.order_by("-typed_at", "-pk"))
    for autosave in autosaves:
        autosave.token = split_autosave_key(autosave.form_key)[1]
        autosave.title = title_typed(autosave)
    return autosaves


def title_typed(autosave: FormAutosave) -> str:
    """The title that was typed, in the language of the page if there is one in it; or ""."""
    typed = {name: str(value).strip() for name, value in autosave.fields}
    languages = sorted(PAGE_LANGUAGES, key=lambda code: code != active_language())
    titles = (typed.get(column_in(code, "title"), "") for code in languages)
    return next(filter(None, titles), "")


def requested_autosave(request: HttpRequest, form_key: str) -> FormAutosave | None:
    """The autosave that the request asks to show; without a token the newest."""
    if "typed" not in request.GET:
        return None
    token = request.GET.get("form")
    found = autosaves_of(form_key, request.user)
    return next((one for one in found if token is None or one.token == token), None)


def as_form_data(autosave: FormAutosave) -> QueryDict:
    """The contents of the autosave as form data."""
    data = QueryDict(mutable=True)
    for name, value in autosave.fields:
        data.appendlist(name, value)
    return data


def typed_fields(items: Iterable[tuple[str, list[Any]]]) -> list[tuple[str, Any]]:
    """The fields of a form as they are stored."""
    return [(name, value) for name, values in items for value in values if name != "csrfmiddlewaretoken"]


def name_and_address(autosave: FormAutosave) -> tuple[str, str] | None:
    """What the form is about, and the address that shows the autosave in it; None if it is gone."""
    form_key, token = split_autosave_key(autosave.form_key)
    first, *rest = form_key.split(":")
    query = f"typed=1&form={token}" if token else "typed=1"
    if first == ADD:
        options = kinds()[rest[0]]._meta
        name = _("New: %(kind)s") % {"kind": options.verbose_name}
        if title := title_typed(autosave):
            # Isolated: a title may be of another direction.
            name = f"{name} · \u2068{title}\u2069"
        return name, f"{reverse(f'admin:{options.app_label}_{options.model_name}_add')}?{query}"
    entry = _entry(rest[0] if first == TEXTS else first)
    if entry is not None and first == TEXTS:
        address = reverse("publishing:translation", args=[entry.pk, rest[1]])
        return f"{entry} ({OWN_NAMES[rest[1]]})", f"{address}?{query}"
    if entry is not None:
        return str(entry), f"{desk_address(entry)}?{query}"
    key = parse_uuid(first)
    draft = Proposal.objects.undecided().filter(pk=key).first() if key is not None else None
    if draft is None:
        return None
    return capfirst(draft.title), f"{draft_address(draft)}&{query}"


def _entry(text: str) -> Entry | None:
    key = parse_uuid(text)
    return Entry.objects.published().filter(pk=key).first() if key is not None else None
