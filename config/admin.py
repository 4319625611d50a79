"""Names the site that every app registers with; read before any model is."""

from django.contrib.admin.apps import AdminConfig


class CasebookAdminConfig(AdminConfig):
    """Makes CasebookAdmin that site."""

    default_site = "config.admin_site.CasebookAdmin"
