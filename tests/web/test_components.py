"""A component looks as nhsuk-frontend made it, and is rendered once for the same parameters."""

from pathlib import Path
from typing import Any

import nhsuk_frontend_jinja
import pytest
from jinja2 import BaseLoader, ChainableUndefined, Environment, FileSystemLoader
from markupsafe import Markup

from shared.contracts.vocabulary import Tier
from shared.web.components import COMPONENTS, MOST, RENDER, Components

NHSUK = Path(nhsuk_frontend_jinja.__file__).with_name("templates")
MACROS = sorted(path.relative_to(NHSUK).as_posix() for path in NHSUK.glob("nhsuk/components/*/macro.jinja"))
TAG = "nhsuk/components/tag/template.jinja"
A_LITTLE_OF_EVERYTHING: dict[str, Any] = {
    "id": "one",
    "name": "one",
    "idPrefix": "one",
    "text": "Leonie & Shannon",
    "heading": "A <heading>",
    "label": {"text": "A label", "size": "l", "isPageHeading": True},
    "fieldset": {"legend": {"text": "A legend"}},
    "hint": {"html": Markup("<em>hint</em>")},
    "items": [{"text": "One", "value": "1", "checked": True, "href": "/one"}, {"text": "<Two>", "value": "2"}],
    "errorMessage": {"text": "Enter one"},
    "service": {"text": "A service", "href": "/"},
    "rows": [[{"text": "One"}, {"text": "2", "format": "numeric"}]],
    "head": [{"text": "A"}, {"text": "B"}],
}


@pytest.mark.parametrize("macro", MACROS, ids=[macro.split("/")[2] for macro in MACROS])
def test_each_component_looks_as_its_own_macro_makes_it(macro: str) -> None:
    theirs = environment_of(FileSystemLoader(NHSUK))
    ours = environment_of(COMPONENTS)
    ours.globals[RENDER] = Components().render  # pyright: ignore[reportArgumentType]
    [name] = [name for name in dir(theirs.get_template(macro).module) if not name.startswith("_")]
    page = f'{{% from "{macro}" import {name} %}}[{{{{ {name}(params) }}}}]'

    expected = theirs.from_string(page).render(params=A_LITTLE_OF_EVERYTHING)
    assert len(expected) > 20
    assert ours.from_string(page).render(params=A_LITTLE_OF_EVERYTHING) == expected
    assert ours.from_string(page).render(params=A_LITTLE_OF_EVERYTHING) == expected


def environment_of(loader: BaseLoader) -> Environment:
    return Environment(
        loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True
    )


def test_the_same_is_rendered_once() -> None:
    components = Components()

    first = components.render(TAG, {"text": "Urgent", "attributes": {"data-a": [1, None]}})

    assert components.render(TAG, {"text": "Urgent", "attributes": {"data-a": [1, None]}}) is first


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"text": "<b>x</b>"}, {"text": Markup("<b>x</b>")}),
        ({"text": "x"}, {"html": "x"}),
        ({"text": "x", "border": False}, {"text": "x", "border": 0}),
        ({"text": "1"}, {"text": 1}),
        ({"text": "x", "classes": "a"}, {"text": "x", "classes": "b"}),
        ({"text": "x", "attributes": {"a": "1", "b": "2"}}, {"text": "x", "attributes": {"b": "2", "a": "1"}}),
        ({"text": "universal"}, {"text": Tier.UNIVERSAL}),
    ],
)
def test_what_may_look_otherwise_is_not_taken_for_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    components = Components()

    assert components.render(TAG, one) is not components.render(TAG, other)
    assert components.render(TAG, one) == Components().render(TAG, one)
    assert components.render(TAG, other) == Components().render(TAG, other)


def test_what_cannot_be_compared_is_rendered_each_time() -> None:
    components = Components()
    words = iter(["first", "second"])

    class Changing:
        def __str__(self) -> str:
            return next(words)

    changing = Changing()
    assert "first" in components.render(TAG, {"text": changing})
    assert "second" in components.render(TAG, {"text": changing})


def test_no_more_is_kept_than_there_is_room_for_and_what_is_used_stays() -> None:
    components = Components()
    used, unused = ({"text": text} for text in ("used", "unused"))
    first_used, first_unused = components.render(TAG, used), components.render(TAG, unused)
    for number in range(2 * MOST + 1):
        components.render(TAG, {"text": str(number)})
        assert components.render(TAG, used) is first_used

    assert components.render(TAG, unused) is not first_unused
