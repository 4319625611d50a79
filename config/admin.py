"""Sets the admin site that every app registers with; loaded before the models."""

from django.contrib.admin.apps import AdminConfig

from config.threads import keep_in_threads


class CasebookAdminConfig(AdminConfig):
    """Makes CasebookAdmin the default admin site, and keeps near what Django asks all the time."""

    default_site = "config.admin_site.CasebookAdmin"

    def ready(self) -> None:
        """As in Django; before any request."""
        keep_in_threads()
        super().ready()
