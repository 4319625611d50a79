"""What the pages of imports at the desk share."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import View


class DeskPage(View):
    """A page of those who may open it."""

    http_method_names = ["get", "head", "post", "options"]

    def is_open_to(self, account: Any) -> bool:
        """Whether the account may open it: by default whoever may decide proposals."""
        return account.has_perm("publishing.decide_proposal")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 for others."""
        if not self.is_open_to(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def page(self, template: str, title: str, **context: Any) -> HttpResponse:
        """The page, within the desk."""
        around = admin.site.each_context(self.request)
        return TemplateResponse(
            self.request, f"admin/imports/{template}", {**around, "title": title, **context}
        )
