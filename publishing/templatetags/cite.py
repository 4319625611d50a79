"""Tags for what a page says about itself: in its head, and where it says how to cite and to follow it."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from publishing.citing import FILES, Work, described, styles, work_of_entry, work_of_revision
from publishing.models import Entry, Revision
from publishing.models.entry import kind_of

register = template.Library()

# As Open Graph writes languages: with a country, whether or not one is meant.
OPEN_GRAPH_LOCALES = {"en": "en_GB", "ar": "ar_AR", "fr": "fr_FR"}

register.filter("chicago", styles.chicago)
register.filter("apa", styles.apa)
register.filter("metadata", described.metadata)


class Kept(template.Node):
    """Renders what stands in it, and keeps that for later on the page."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Any) -> SafeString:
        """The content; space at its ends is left away."""
        text = SafeString(self.nodelist.render(context).strip())
        context[self.name] = text
        return text


@register.tag
def keep(parser: Any, token: Any) -> Kept:
    """Show what stands up to `endkeep`, and keep it under a name: a block can stand on a page once only."""
    name = token.split_contents()[1].strip('"')
    nodelist = parser.parse(["endkeep"])
    parser.delete_first_token()
    return Kept(name, nodelist)


@register.simple_tag(takes_context=True)
def work_here(context: Any) -> Work | None:
    """What the page is for whoever cites it; None where it is nothing to cite.

    Previews and old records are none: a proposal may never be published, and the record that an old address
    shows is cited by the page of its revision.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False) or getattr(request, "old_record", None):
        return None
    entry, revision = context.get("object") or context.get("entry"), context.get("revision")
    if isinstance(entry, Entry) and (entry.is_retracted or entry.is_out_of_sight or not entry.revision):
        return None
    view = context.get("view")
    if isinstance(revision, Revision) and isinstance(entry, Entry):
        revision.entry = entry
        return work_of_revision(revision, entry) if revision.has_record else None
    if isinstance(context.get("object"), Entry):
        return work_of_entry(context["object"])
    found: Work | None = view.work() if hasattr(view, "work") else None
    return found


@register.simple_tag(takes_context=True)
def linked_data(context: Any, work: Work) -> SafeString:
    """The work as JSON-LD, with the sources that the page cites anyway."""
    cited = context.get("cited") or ()
    sources = [f"{settings.SITE_URL}{one.get_absolute_url()}" for one in cited if isinstance(one, Entry)]
    description = strip_tags(str(context.get("page_description", "")))
    return described.json_ld(work, description, sources)


@register.filter
def citation_files(work: Work) -> list[tuple[str, str, str]]:
    """The files that cite it: name, path, media type."""
    return [(file.name, work.file(file.ending), file.media_type) for file in FILES]


@register.simple_tag(takes_context=True)
def card_here(context: Any, work: Work | None) -> str:
    """The whole address of the picture of the entry in shared links; "" where the general one is shown."""
    entry = context.get("object")
    if not (work and work.number and isinstance(entry, Entry)) or context.get("revision"):
        return ""
    kind = kind_of(entry)._meta.model_name
    return f"{settings.SITE_URL}{reverse('card', args=[kind, entry.slug, work.number, work.language])}"


@register.simple_tag
def open_graph_locale() -> str:
    """The language of the page, as Open Graph writes it."""
    language = get_language() or settings.LANGUAGE_CODE
    return OPEN_GRAPH_LOCALES.get(language, language)
