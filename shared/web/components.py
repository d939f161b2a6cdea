"""The components of nhsuk-frontend, each rendered once for the same parameters.

A template of ours imports one as its documentation says: `{% from "nhsuk/components/tag/macro.jinja" import tag %}`.
What it looks like depends on its parameters alone, and a page has dozens that were on the page before: the header, a
label, a tag in each row. So what was rendered is kept, in memory only, and found again by all that was given.
"""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any, cast

import nhsuk_frontend_jinja
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, Undefined
from markupsafe import Markup

_NHSUK = Path(nhsuk_frontend_jinja.__file__).with_name("templates")
_MACRO = re.compile(r"nhsuk/components/([a-z-]+)/macro\.jinja")
_NAME = re.compile(r"{% macro (\w+)\(")
_SOURCE = """
{{% macro {name}(params = {{}}) %}}
  {{%- if caller is defined -%}}
  {{%- include "{template}" -%}}
  {{%- else -%}}
  {{{{- {render}("{template}", params) -}}}}
  {{%- endif -%}}
{{% endmacro %}}
"""
RENDER = "render_component"
"""What the macros call: `Components.render`, a global of each environment that has them."""
MOST = 1000
"""Components that are kept, and as many that were used before them: some 4 MB."""


class Components:
    """Renders components by themselves, in the environment that their templates were written for."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Markup] = {}
        self._kept_before: dict[Hashable, Markup] = {}
        self._environment = Environment(
            loader=COMPONENTS,
            autoescape=True,
            undefined=ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals[RENDER] = self.render  # pyright: ignore[reportArgumentType]

    def render(self, template: str, params: dict[str, Any]) -> Markup:
        """What the component looks like with these parameters."""
        try:
            key = (template, _key(params))
        except TypeError:
            return self._render(template, params)
        if (known := self._kept.get(key)) is not None:
            return known
        if len(self._kept) >= MOST:
            self._kept_before, self._kept = self._kept, {}
        found = self._kept_before.get(key)
        self._kept[key] = self._render(template, params) if found is None else found
        return self._kept[key]

    def _render(self, template: str, params: dict[str, Any]) -> Markup:
        return Markup(self._environment.get_template(template).render(params=params))  # noqa: S704 - escaped by it


def _macro(template: str) -> str | None:
    """The macro of a component as ours; None for what is none."""
    if (component := _MACRO.fullmatch(template)) is None:
        return None
    named = _NAME.search((_NHSUK / template).read_text())
    assert named is not None  # noqa: S101 - each of them begins so
    return _SOURCE.format(render=RENDER, name=named[1], template=f"nhsuk/components/{component[1]}/template.jinja")


def _key(value: Any) -> Hashable:
    """All that tells parameters apart: text that is safe as it is from text that must be escaped, and 1 from true.

    Raises:
        TypeError: it may look otherwise the next time.
    """
    kind = cast("type[Any]", type(value))
    if kind in _PLAIN:
        return kind, value
    if isinstance(value, dict):
        of = cast("dict[str, Any]", value)
        return dict, *of, *map(_key, of.values())
    if isinstance(value, list | tuple):
        return list, *map(_key, cast("list[Any]", value))
    if isinstance(value, Undefined):
        return Undefined
    if value is None or isinstance(value, str | int | float):
        return kind, value
    raise TypeError


_PLAIN: frozenset[type[Any]] = frozenset({str, Markup, bool, int, float, type(None)})
"""What nearly all parameters are."""


COMPONENTS = ChoiceLoader([FunctionLoader(_macro), FileSystemLoader(_NHSUK)])
"""The templates of nhsuk-frontend, with our macros in the place of its own."""
