"""The nodes of a parsed template as functions of its context, which return what each node would render."""

import html
import re
from collections.abc import Callable, Hashable
from typing import Any, cast

from django.template.base import Node, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import ForNode, IfNode, URLNode
from django.template.library import SimpleBlockNode, SimpleNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from config.templating.expressions import Value, condition, constant, value_of

# The text that a node of a template gives in a context.
Part = Callable[[Any], str]
INDENTED = re.compile(r"\n\s+")
KEEPS_SPACE = re.compile("<(?:pre|textarea)")
# What every context begins with.
BUILTINS = {"True": True, "False": False, "None": None}


class ReadyNodeList(NodeList):
    """The same nodes, rendered by functions that were made from them once."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self.parts: list[Part] = [part_of(node) for node in nodes]
        self._by_type: dict[type, list[Any]] = {}

    def render(self, context: Any) -> SafeString:
        """As Django does it."""
        return SafeString("".join([part(context) for part in self.parts]))

    def get_nodes_by_type(self, nodetype: type) -> list[Any]:
        """Looked for once: `extends` asks for the blocks of its parent each time."""
        if nodetype not in self._by_type:
            self._by_type[nodetype] = super().get_nodes_by_type(nodetype)
        return self._by_type[nodetype]


def make_ready(nodes: NodeList) -> NodeList:
    """The nodes with a function for each; also for those that stand in them."""
    return nodes if isinstance(nodes, ReadyNodeList) else ReadyNodeList(nodes)


def part_of(node: Node) -> Part:
    """The function of a node; of one that is not known here, its own."""
    _make_children_ready(node)
    make, own = _PARTS.get(type(node)), cast(Part, node.render_annotated)
    return (make and make(node)) or own


def _make_children_ready(node: Any) -> None:
    if isinstance(node, IfNode):
        node.conditions_nodelists = [(when, make_ready(nodes)) for when, nodes in node.conditions_nodelists]
        return
    for name in node.child_nodelists:
        nodes = getattr(node, name, None)
        if type(nodes) is NodeList:
            setattr(node, name, make_ready(nodes))


def _text(node: Any) -> Part:
    """As it stands; of HTML without indentation, which is nothing to readers and a tenth of a page."""
    is_html = str(node.origin.template_name).endswith(".html") and not KEEPS_SPACE.search(node.s)
    return constant(INDENTED.sub("\n", node.s) if is_html else node.s)


def _variable(node: Any) -> Part:
    return shown(value_of(node.filter_expression))


def shown(value: Value) -> Part:
    """The value as a template shows it: escaped unless it is safe, a number as the language writes it."""

    def part(context: Any) -> str:
        found = value(context)
        kind = type(found)
        if kind is SafeString:
            return found
        if kind is str and context.autoescape:
            return html.escape(found)
        return render_value_in_context(found, context)

    return part


def _if(node: Any) -> Part:
    branches = [(condition(when), nodes.render) for when, nodes in node.conditions_nodelists]
    if len(branches) == 1:
        [(only, render_only)] = branches
        return lambda context: render_only(context) if only(context) else ""

    def part(context: Any) -> str:
        for holds, render in branches:
            if holds(context):
                return render(context)
        return ""

    return part


def _for(node: Any) -> Part:
    """The loop; what the template may ask of it is set as Django sets it."""
    names, is_reversed = tuple(node.loopvars), node.is_reversed
    sequence = value_of(node.sequence, ignore_failures=True)
    each, nothing = node.nodelist_loop.render, node.nodelist_empty.render
    in_turn = _one_name(names[0], each) if len(names) == 1 else _several_names(names, each)

    def part(context: Any) -> str:
        parent = context.get("forloop", {})
        with context.push():
            rows = sequence(context)
            if rows is None:
                rows = ()
            elif not hasattr(rows, "__len__"):
                rows = list(rows)
            number = len(rows)
            if number < 1:
                return nothing(context)
            scope, found = context.dicts[-1], []
            loop = scope["forloop"] = {"parentloop": parent}
            for at, row in enumerate(reversed(rows) if is_reversed else rows):
                loop["counter0"], loop["counter"] = at, at + 1
                loop["revcounter"], loop["revcounter0"] = number - at, number - at - 1
                loop["first"], loop["last"] = at == 0, at == number - 1
                found.append(in_turn(context, row))
        return SafeString("".join(found))

    return part


def _one_name(name: str, each: Part) -> Callable[[Any, Any], str]:
    def in_turn(context: Any, row: Any) -> str:
        context.dicts[-1][name] = row
        return each(context)

    return in_turn


def _several_names(names: tuple[str, ...], each: Part) -> Callable[[Any, Any], str]:
    """As in Django, what a row sets is gone with it."""

    def in_turn(context: Any, row: Any) -> str:
        context.dicts.append(dict(zip(names, row, strict=True)))
        try:
            return each(context)
        finally:
            context.dicts.pop()

    return in_turn


def _include(node: Any) -> Part | None:
    """One template, whose name stands in the tag; the node is parsed again when a template changes."""
    name = node.template
    if name.is_var or name.filters or name.var.startswith("./") or name.var.startswith("../"):
        return None
    values = [(one, value_of(expression)) for one, expression in node.extra_context.items()]
    included: list[Any] = []

    def part(context: Any) -> str:
        # The context is lent, where Django makes another one: a list has such a template in each row.
        if not included:
            included.append(context.template.engine.get_template(name.var))
        given = {one: value(context) for one, value in values}
        lent, state, template = context.dicts, context.render_context, included[0]
        context.dicts = [BUILTINS, given] if node.isolated_context else [*lent, given]
        outer, state.template = state.template, template
        state.dicts.append({})
        try:
            return template._render(context)
        finally:
            state.dicts.pop()
            context.dicts, state.template = lent, outer

    return part


def _simple_tag(node: Any) -> Part:
    """A tag that is a function; of one with an end, what stands before it is the first argument."""
    function, takes_context, target = node.func, node.takes_context, node.target_var
    arguments = [value_of(one) for one in node.args]
    names = [(one, value_of(expression)) for one, expression in node.kwargs.items()]
    if isinstance(node, SimpleBlockNode):
        arguments.insert(0, node.nodelist.render)

    def part(context: Any) -> str:
        given = [value(context) for value in arguments]
        named = {name: value(context) for name, value in names}
        found = function(context, *given, **named) if takes_context else function(*given, **named)
        if target is not None:
            context[target] = found
            return ""
        is_ready = type(found) is SafeString or not context.autoescape
        return found if is_ready else conditional_escape(found)

    return part


def _translate(node: Any) -> Part | None:
    """A text of the template: translated once for each language."""
    expression, target = node.filter_expression, node.asvar
    if expression.filters or expression.var.literal is None:
        return None
    if node.message_context and (node.message_context.is_var or node.message_context.filters):
        return None
    return _once_for(lambda context: (get_language(), context.autoescape), node.render, target)


def _once_for(key_in: Callable[[Any], Hashable], render: Part, target: str | None) -> Part:
    """What the node renders, or sets under the name of `target`: found once for each key of a context."""
    known: dict[Hashable, str] = {}

    def part(context: Any) -> str:
        key = key_in(context)
        if key not in known:
            found = render(context)
            known[key] = context[target] if target else found
        if not target:
            return known[key]
        context[target] = known[key]
        return ""

    return part


def _paragraph(node: Any) -> Part | None:
    """A text with placeholders: the message is put together once. A number may decide its form."""
    more, is_counted = node.extra_context, bool(node.plural and node.countervar and node.counter)
    if node.asvar or node.message_context or (is_counted and _names_in(node.counter) & more.keys()):
        return None
    own, name_of_number = node.render_annotated, node.countervar if is_counted else None
    one, names = node.render_token_list(node.singular)
    several, names_of_several = node.render_token_list(node.plural) if is_counted else ("", [])
    number_of = value_of(node.counter) if is_counted else constant(None)
    values = [
        (name, shown(value_of(more[name]) if name in more else _named(name)))
        for name in dict.fromkeys([*names, *names_of_several])
        if name != name_of_number
    ]

    def part(context: Any) -> str:
        shown_as, number = {name: value(context) for name, value in values}, number_of(context)
        if is_counted:
            if not isinstance(number, int):
                return own(context)
            shown_as[name_of_number] = render_value_in_context(number, context)
        try:
            return (ngettext(one, several, number) if is_counted else gettext(one)) % shown_as
        except (KeyError, ValueError):
            return own(context)

    return part


def _names_in(expression: Any) -> set[str]:
    """The names that it looks up in the context, those of arguments of its filters too."""
    arguments = [one for _function, several in expression.filters for _is_looked_up, one in several]
    return {one.lookups[0] for one in (expression.var, *arguments) if getattr(one, "lookups", None)}


def _named(name: str) -> Value:
    return lambda context: context.get(name, "")


def _address(node: Any) -> Part | None:
    """An address that depends on nothing that the page shows: looked up once for each language."""
    given = [node.view_name, *node.args, *node.kwargs.values()]
    if any(one.is_var or one.filters for one in given):
        return None

    def key_in(context: Any) -> Hashable:
        request = getattr(context, "request", None)
        match = getattr(request, "resolver_match", None)
        namespace = getattr(request, "current_app", match and match.namespace)
        return get_language(), get_urlconf(), get_script_prefix(), namespace, context.autoescape

    return _once_for(key_in, node.render, node.asvar)


_PARTS: dict[type, Callable[[Any], Part | None]] = {
    TextNode: _text,
    VariableNode: _variable,
    IfNode: _if,
    ForNode: _for,
    IncludeNode: _include,
    SimpleNode: _simple_tag,
    SimpleBlockNode: _simple_tag,
    TranslateNode: _translate,
    BlockTranslateNode: _paragraph,
    URLNode: _address,
}
