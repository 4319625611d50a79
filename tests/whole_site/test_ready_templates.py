"""Templates that were made ready give what Django's own nodes give."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, TemplateSyntaxError
from django.template import engines as backends
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from config.templating.nodes import ReadyNodeList

TEMPLATES = {
    "base.html": "<{% block one %}base{% endblock %}|{% if n %}{% block two %}{{ n }}{% endblock %}{% endif %}>",
    "part.html": "[{{ x }}{{ n }}{% if forloop %}in{% endif %}]",
    "inner.html": "{% extends 'base.html' %}{% block one %}{{ x }}{% translate 'Sources' as x %}{{ x }}{% endblock %}",
}
PLAIN = "django.template.loaders.locmem.Loader"
READY = "config.templating.loader.Loader"


class Thing:
    """With what templates may meet."""

    name = "a < b"
    rows = ("x", "y")

    def called(self) -> str:
        """Called without being asked."""
        return "called"

    def gone(self) -> str:
        """Silent in a template."""
        raise ObjectDoesNotExist

    def fails(self) -> str:
        """Loud in a template."""
        raise ZeroDivisionError

    def changes(self) -> str:
        """Never called by a template."""
        return "changed"

    changes.alters_data = True  # type: ignore[attr-defined]


def engine(loader: str, templates: dict[str, str], *, debug: bool = False) -> Engine:
    loaders: list[Any] = [(PLAIN, templates)]
    options: dict[str, Any] = settings.TEMPLATES[0]["OPTIONS"]
    return Engine(
        loaders=[(loader, loaders)] if loader != PLAIN else loaders,
        builtins=options["builtins"],
        libraries={"l10n": "django.templatetags.l10n", "citing": "sources.templatetags.citing"},
        debug=debug,
    )


def context() -> Context:
    return Context(
        {
            "thing": Thing(), "n": 12345, "part": 0.5, "safe": SafeString("<b>"), "none": None, "empty": [],
            "table": {"key": "<i>", "pairs": [("a", 1), ("b", 2)]}, "rows": ["one", "two", "three"],
            "lazy": gettext_lazy("Sources"), "items": iter("ab"), "x": "outside", "no_number": "many",
            "request": SimpleNamespace(resolver_match=None),
        }
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize(
    "source",
    [
        "{{ thing.name }} {{ thing.called }} {{ safe }} {{ n }} {{ part }} {{ none }} {{ lazy }}",
        "{{ nothing }}|{{ thing.nothing }}|{{ thing.gone }}|{{ thing.changes }}|{{ table.nothing }}|{{ n.x.y }}",
        "{{ table.key }} {{ rows.1 }} {{ thing.rows.0 }} {{ rows.9 }} {{ table.pairs.0.1 }}",
        "{{ thing.name|upper }} {{ safe|lower }} {{ nothing|default:'d' }} {{ none|default_if_none:rows.0 }}"
        " {{ thing.name|safe }} {{ rows|join:thing.name }} {{ n|add:5 }} {{ 'a<'|upper }} {{ safe|add:'<' }}",
        "{% autoescape off %}{{ thing.name }} {{ table.key|lower }}{% endautoescape %}",
        "{% if n and not empty or none %}1{% elif rows %}2{% endif %}{% if thing.nothing == none %}3{% endif %}"
        "{% if 'one' in rows and 'x' not in rows %}4{% endif %}{% if n in n %}5{% else %}6{% endif %}"
        "{% if n > 3 %}7{% endif %}{% if thing.gone %}8{% endif %}{% if n != 3 %}9{% endif %}",
        "{% for one in rows %}{{ forloop.counter }}{{ forloop.revcounter0 }}{{ forloop.first }}{{ one }}"
        "{% for key, value in table.pairs reversed %}{{ forloop.parentloop.counter }}{{ key }}{{ value }}"
        "{% include 'part.html' %}{% endfor %}{% if forloop.last %}!{% endif %}{% endfor %}{{ one }}",
        "{% if none|default:nothing %}1{% else %}2{% endif %}{% if not none|default:nothing %}3{% else %}4{% endif %}"
        "{% if none|default:nothing == none %}5{% endif %}{% if rows or none|default:nothing %}6{% endif %}"
        "{% for key, value in table.pairs %}{% if value == 1 %}{% translate 'Sources' as said %}{% endif %}[{{ said }}]{% endfor %}",
        "{% for one in empty %}1{% empty %}none{% endfor %}{% for one in none %}1{% endfor %}"
        "{% for one in items reversed %}{{ one }}{% endfor %}{% for one in nothing %}1{% empty %}2{% endfor %}",
        "{% include 'part.html' with x=thing.name only %}{% include 'part.html' with x=1 %}{{ x }}"
        "{% include './part.html' %}{% with 'part.html' as other %}{% include other %}{% endwith %}",
        "{% block one %}{% for x in rows %}{% include 'part.html' with n=x only %}{% include 'inner.html' with n=x %}"
        "{% include 'inner.html' only %}{{ n }}{{ x }}{% endfor %}{% endblock %}{{ x }}",
        "{% load citing %}{% sources_and_more empty more=thing.name label=x %}<b>{{ n }}</b>{% endsources_and_more %}",
        "{% translate 'Sources' %} {% translate 'feed' context 'Atom feed of a list of changes' %}"
        "{% translate 'Sources' as said %}{{ said }}{% translate thing.name %}{% translate 'a 100% <b>' %}",
        "{% for one in rows %}{% translate 'Sources' as said %}{{ said }}{% endfor %}[{{ said }}]",
        "{% blocktranslate with a=thing.name trimmed %}  {{ a }} and {{ x }} {{ nothing }}  {% endblocktranslate %}",
        "{% for n in '12'|make_list %}{% endfor %}{% blocktranslate count count=rows|length trimmed %}"
        "{{ count }} source{% plural %}{{ count }} sources{% endblocktranslate %}"
        "{% blocktranslate count total=n with a=safe trimmed %}{{ a }}{% plural %}{{ total }} {{ a }}"
        "{% endblocktranslate %}",
        "{% blocktranslate count n=2 %}{{ n }} source{% plural %}{{ n }} sources{% endblocktranslate %}"
        "{% blocktranslate with more=1 count n=rows|length|add:more %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
        "{% url 'cases:cases' %} {% url 'no:such' as missing %}[{{ missing }}] {% url 'cases:case' x %}"
        "{% url 'cases:cases' as list %}{{ list }}{% url 'portal:page' 'method' %}",
        "{% extends 'base.html' %}{% block one %}{{ block.super }}-{{ thing.name }}{% endblock %}"
        "{% block two %}{% for one in rows %}{{ one }}{% endfor %}{{ block.super }}{% endblock %}",
        "{% load l10n %}{{ n|unlocalize }}{% localize off %}{{ part }}{% endlocalize %}{{ thing|title }}",
    ],
)  # fmt: skip
def test_the_same_is_rendered(source: str, language: str) -> None:
    templates = {**TEMPLATES, "it.html": source}
    plain, ready = (engine(loader, templates).get_template("it.html") for loader in (PLAIN, READY))

    with translation.override(language):
        expected = rendered(plain)
        # The second time from what was kept.
        assert [rendered(ready), rendered(ready)] == [expected, expected]


def rendered(template: Any) -> str:
    """What it gives, or what kind of exception it raises."""
    try:
        return str(template.render(context()))
    except Exception as error:
        return f"raises {type(error).__name__}"


@pytest.mark.parametrize(
    "source, raises",
    [
        ("{{ thing.fails }}", ZeroDivisionError),
        ("{% for one in rows %}{{ thing.fails }}{% endfor %}", ZeroDivisionError),
        ("{% for a, b in rows %}{% endfor %}", ValueError),
        ("{% url 'no:such' %}", Exception),
        ("{% blocktranslate count n=no_number %}1{% plural %}2{% endblocktranslate %}", TemplateSyntaxError),
    ],
)
def test_what_fails_fails_as_before(source: str, raises: type[Exception]) -> None:
    for loader in (PLAIN, READY):
        with pytest.raises(raises):
            engine(loader, {"it.html": source}).get_template("it.html").render(context())


def test_what_is_kept_is_that_of_the_language() -> None:
    source = "{% translate 'Sources' %} {% url 'cases:cases' %}"
    template = engine(READY, {"it.html": source}).get_template("it.html")

    for language in ("en", "ar", "fr", "en"):
        with translation.override(language):
            expected = f"{translation.gettext('Sources')} /{language}/cases/"

            assert template.render(context()) == expected


def test_the_templates_of_the_site_are_ready_and_debugged_ones_are_not() -> None:
    site = backends["django"].get_template("cases/case_detail.html")
    debugged = engine(READY, {"it.html": "{{ x }}"}, debug=True).get_template("it.html")

    assert isinstance(site.template.nodelist, ReadyNodeList)  # type: ignore[attr-defined]
    assert not isinstance(debugged.nodelist, ReadyNodeList)


def test_a_context_that_was_lent_is_whole_again_after_a_failure() -> None:
    templates = {
        "it.html": "{% include 'fails.html' with pairs=rows only %}",
        "fails.html": "{% for a, b in pairs %}{% endfor %}",
    }
    given = context()
    lent, state = given.dicts, [*given.render_context.dicts]

    with pytest.raises(ValueError, match="zip"):
        engine(READY, templates).get_template("it.html").render(given)

    assert given.dicts is lent
    assert given.render_context.dicts == state
    assert given.render_context.template is None
