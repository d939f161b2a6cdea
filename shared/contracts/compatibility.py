"""Can what was published under the old schema still be read under the new one? Pure.

Removing or renaming a field, requiring a new one, dropping a code, tightening a bound or changing a type breaks it.
Adding an optional field or a code does not, as long as readers are upgraded before writers (see docs/events.md).
"""

from collections.abc import Iterator
from typing import Any, cast

Schema = dict[str, Any]


def incompatibilities(old: Schema, new: Schema) -> list[str]:
    """What breaks, as sentences; nothing when every body of the old schema fits the new one."""
    return list(_compare(_resolved(old, old), _resolved(new, new), "the body"))


def _compare(old: Schema, new: Schema, place: str) -> Iterator[str]:
    if "anyOf" in old or "anyOf" in new:
        yield from _compare_options(old, new, place)
    elif "enum" in old and "enum" in new:
        if gone := sorted(set(old["enum"]) - set(new["enum"])):
            yield f"{place} no longer takes {', '.join(gone)}"
    elif any(old.get(word) != new.get(word) for word in ("type", "format", "pattern", "const")) or "enum" in new:
        yield f"{place} has another type"
    elif old.get("type") == "object":
        yield from _compare_fields(old, new, place)
    elif old.get("type") == "array":
        yield from _compare(old.get("items", {}), new.get("items", {}), f"each of {place}")
    else:
        yield from _compare_bounds(old, new, place)


def _compare_options(old: Schema, new: Schema, place: str) -> Iterator[str]:
    options = new.get("anyOf", [new])
    for each in old.get("anyOf", [old]):
        if all(list(_compare(each, option, place)) for option in options):
            yield f"{place} takes fewer kinds of value"


def _compare_fields(old: Schema, new: Schema, place: str) -> Iterator[str]:
    fields, kept = old.get("properties", {}), new.get("properties", {})
    for name, schema in fields.items():
        if name in kept:
            yield from _compare(schema, kept[name], name)
        else:
            yield f"{name} is gone from {place}"
    for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
        yield f"{name} is required now"


def _compare_bounds(old: Schema, new: Schema, place: str) -> Iterator[str]:
    lowest, highest = float("-inf"), float("inf")
    if new.get("minimum", lowest) > old.get("minimum", lowest) or new.get("maximum", highest) < old.get(
        "maximum", highest
    ):
        yield f"{place} has tighter bounds"


def _resolved(schema: Schema, root: Schema) -> Schema:
    """The schema with every `$ref` replaced by what it points to."""
    if "$ref" in schema:
        return _resolved(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    return {name: _resolved_value(value, root) for name, value in schema.items() if name != "$defs"}


def _resolved_value(value: Any, root: Schema) -> Any:
    if isinstance(value, dict):
        return _resolved(cast("Schema", value), root)
    if isinstance(value, list):
        return [_resolved_value(item, root) for item in cast("list[Any]", value)]
    return value
