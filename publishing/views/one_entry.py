"""What the pages below that of an entry share: its history, the files that cite it, its old records."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic.base import ContextMixin, View

from publishing.models import Entry
from publishing.views.entries import entry_at_old_address, may_see_out_of_sight, respelled


class EntryMixin(ContextMixin, View):
    """Finds the entry, public or retracted, by its address; an old address redirects to the new one."""

    http_method_names = ["get", "head", "options"]
    model: type[Entry] = Entry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Set the entry, or redirect from an old address."""
        kind, slug = self.model._meta.model_name, kwargs["slug"]
        entry = Entry.objects.filter(kind=kind, slug=slug).first()
        if entry is not None and entry.is_out_of_sight and not may_see_out_of_sight(request):
            raise Http404
        if entry is not None:
            self.entry = entry
            return super().dispatch(request, *args, **kwargs)
        moved = entry_at_old_address(kind or "", slug)
        if moved is None:
            if (right := respelled(request, kind or "")) is None:
                raise Http404
            return right
        name = request.resolver_match.view_name  # type: ignore[union-attr]
        return redirect(reverse(name, kwargs={**kwargs, "slug": moved.slug}))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the entry."""
        return super().get_context_data(entry=self.entry, **kwargs)
