"""Sets the admin site that every app registers with; loaded before the models."""

from django.contrib.admin.apps import AdminConfig


class CasebookAdminConfig(AdminConfig):
    """Makes CasebookAdmin the default admin site."""

    default_site = "config.admin_site.CasebookAdmin"
