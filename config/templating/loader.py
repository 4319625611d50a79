"""The loader that keeps templates, and makes each ready when it is read."""

from typing import Any

from django.template import Template
from django.template.loaders.cached import Loader as CachedLoader

from config.templating.nodes import make_ready


class Loader(CachedLoader):
    """Django's cached loader; where templates are debugged, they stay as they were parsed."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The template, ready to be rendered."""
        template: Any = super().get_template(template_name, skip)
        if not self.engine.debug:
            template.nodelist = make_ready(template.nodelist)
        return template
