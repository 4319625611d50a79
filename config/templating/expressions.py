"""What stands between the braces and in the conditions of a template, as functions of its context.

Each gives what Django's own node gives. Where that would go another way than the common one (a name that is
not there, an exception, an index), Django's own is asked, so that its rules are written once: in Django.
"""

from collections.abc import Callable
from typing import Any

from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.template.defaulttags import TemplateLiteral
from django.template.smartif import TokenBase
from django.utils.safestring import SafeData, SafeString
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]

Value = Callable[[Any], Any]
# Of a type: whether Django looks a name up in its objects as a key before it looks for an attribute.
_HAS_KEYS: dict[type, bool] = {}
_NOTHING = object()


def constant(value: Any) -> Value:
    """The function that gives this value."""
    return lambda context: value


def value_of(expression: Any, *, ignore_failures: bool = False) -> Value:
    """The value of a variable or of an expression with filters; `ignore_failures` as `resolve` has it."""
    if type(expression) is Variable:
        return _of_variable(expression, expression.resolve, expression.resolve)
    if type(expression) is not FilterExpression:
        return expression.resolve
    own = expression.resolve
    if ignore_failures:
        asked: Value = lambda context: own(context, True)  # noqa: E731
    else:
        asked = own
    if not expression.is_var:
        return constant(expression.var) if not expression.filters else asked
    if type(expression.var) is not Variable:
        return asked
    # What a condition asks for, and a page has not, is the common way.
    is_none = ignore_failures and not expression.filters
    begin = _of_variable(expression.var, _missing, constant(None) if is_none else _missing)
    if not expression.filters:
        return _without_filters(begin, asked)
    return _filtered(begin, [_filter(*one) for one in expression.filters], asked)


def _missing(context: Any) -> Any:
    return _NOTHING


def _without_filters(begin: Value, asked: Value) -> Value:
    def value(context: Any) -> Any:
        found = begin(context)
        return asked(context) if found is _NOTHING else found

    return value


def _filtered(begin: Value, filters: list[Callable[[Any, Any], Any]], asked: Value) -> Value:
    if len(filters) == 1:
        [only] = filters

        def value_of_one(context: Any) -> Any:
            found = begin(context)
            return asked(context) if found is _NOTHING else only(found, context)

        return value_of_one

    def value(context: Any) -> Any:
        found = begin(context)
        if found is _NOTHING:
            return asked(context)
        for one in filters:
            found = one(found, context)
        return found

    return value


def _filter(function: Any, arguments: list[tuple[bool, Any]]) -> Callable[[Any, Any], Any]:
    """A filter with its arguments, as a function of the value before it and the context."""
    given = [
        value_of(argument) if is_looked_up else constant(SafeString(argument))
        for is_looked_up, argument in arguments
    ]
    wants_local_time = getattr(function, "expects_localtime", False)
    wants_autoescape = getattr(function, "needs_autoescape", False)
    is_safe = getattr(function, "is_safe", False)
    if not (given or wants_local_time or wants_autoescape or is_safe):
        return lambda value, context: function(value)

    def filtered(value: Any, context: Any) -> Any:
        if wants_local_time:
            value = template_localtime(value, context.use_tz)
        keywords = {"autoescape": context.autoescape} if wants_autoescape else {}
        found = function(value, *[one(context) for one in given], **keywords)
        return SafeString(found) if is_safe and isinstance(value, SafeData) else found

    return filtered


def _of_variable(variable: Any, otherwise: Value, absent: Value) -> Value:
    """absent: asked where nothing has that name; otherwise: where it leads nowhere, or another way."""
    if variable.translate or variable.lookups is None:
        # Of a text that is translated Django gives a lazy one, which is the same for every language.
        return constant(variable.resolve({})) if not variable.message_context else variable.resolve
    first, *rest = variable.lookups

    def value(context: Any) -> Any:
        for scope in reversed(context.dicts):
            if first in scope:
                found = scope[first]
                break
        else:
            return absent(context)
        try:
            if callable(found):
                found = _called(found)
            for name in rest:
                found = found[name] if _has_keys(found) else getattr(found, name)
                if callable(found):
                    found = _called(found)
        except Exception:
            return otherwise(context)
        return found

    return value


def _has_keys(value: Any) -> bool:
    kind = type(value)
    try:
        return _HAS_KEYS[kind]
    except KeyError:
        return _HAS_KEYS.setdefault(kind, hasattr(kind, "__getitem__"))


def _called(value: Any) -> Any:
    """What Django has in place of something callable; raises where it should be asked itself."""
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise LookupError("not called by templates")
    return value()


def condition(token: Any) -> Value:
    """The value of a condition of `if`, which does not hold where an argument of its filters is nowhere."""
    if token is None:
        return constant(True)
    found = _part_of_condition(token)

    def value(context: Any) -> Any:
        try:
            return found(context)
        except VariableDoesNotExist:
            return None

    return value


def _part_of_condition(token: Any) -> Value:
    """An operator with its operands, or a value, which may raise VariableDoesNotExist."""
    if type(token) is TemplateLiteral:
        return value_of(token.value, ignore_failures=True)
    make = _OPERATORS.get(token.id) if isinstance(token, TokenBase) else None
    if make is None:
        return token.eval
    return make(*(_part_of_condition(one) for one in (token.first, token.second) if one is not None))


def _no_exceptions(found: Value) -> Value:
    """As in Django, an operator whose operands raise anything gives false, also where it negates."""

    def value(context: Any) -> Any:
        try:
            return found(context)
        except Exception:
            return False

    return value


_OPERATORS: dict[str, Callable[..., Value]] = {
    "or": lambda x, y: _no_exceptions(lambda context: x(context) or y(context)),
    "and": lambda x, y: _no_exceptions(lambda context: x(context) and y(context)),
    "not": lambda x: _no_exceptions(lambda context: not x(context)),
    "==": lambda x, y: _no_exceptions(lambda context: x(context) == y(context)),
    "!=": lambda x, y: _no_exceptions(lambda context: x(context) != y(context)),
    "in": lambda x, y: _no_exceptions(lambda context: x(context) in y(context)),
}
