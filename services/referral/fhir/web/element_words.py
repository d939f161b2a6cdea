"""An element of FHIR in words, by its shape: a coded concept, a name, an address, a period and so on."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.referral.fhir.web.json_kinds import is_object

_CONTACT = frozenset({"phone", "fax", "email", "pager", "url", "sms", "other"})


def is_over(period: Any, today: date) -> bool:
    """Whether a period has ended, or has not begun; a year or a month alone is meant as a whole."""
    start, end = (str(_part(period, name) or "")[:10] for name in ("start", "end"))
    now = today.isoformat()
    return bool((end and now[: len(end)] > end) or (start and now[: len(start)] < start))


def _part(period: Any, name: str) -> Any:
    return period.get(name) if is_object(period) else getattr(period, name, None)


def _concept(value: Mapping[str, Any], today: date) -> str:  # noqa: ARG001
    codings = [one for one in value.get("coding") or () if is_object(one)]
    named = [str(one.get("display") or one.get("code") or "") for one in codings]
    words = [str(value.get("text") or ""), *named]
    return " / ".join(dict.fromkeys(each for each in words if each))


def _coding(value: Mapping[str, Any], today: date) -> str:  # noqa: ARG001
    return str(value.get("display") or value.get("code") or "")


def _reference(value: Mapping[str, Any], today: date) -> str:  # noqa: ARG001
    identifier = value.get("identifier")
    return str(value.get("display") or (identifier.get("value", "") if is_object(identifier) else ""))


def _contact(value: Mapping[str, Any], today: date) -> str:
    use = " ".join(str(value[name]) for name in ("use",) if value.get(name))
    lapsed = value.get("use") == "old" or is_over(value.get("period"), today)
    about = ", ".join(part for part in (use, "no longer current" if lapsed else "", _since(value)) if part)
    return f"{value.get('system', '')} {value.get('value', '')}".strip() + (f" ({about})" if about else "")


def name_words(value: Mapping[str, Any], today: date) -> str:
    parts = [
        *(value.get("prefix") or ()),
        *(value.get("given") or ()),
        value.get("family"),
        *(value.get("suffix") or ()),
    ]
    lapsed = value.get("use") == "old" or is_over(value.get("period"), today)
    about = ", ".join(part for part in (str(value.get("use") or ""), "no longer current" if lapsed else "") if part)
    words = str(value.get("text") or " ".join(str(part) for part in parts if part))
    return f"{words} ({about})" if about and words else words


def _address(value: Mapping[str, Any], today: date) -> str:
    lines = [*(value.get("line") or ()), *(value.get(name) for name in ("city", "district", "postalCode", "country"))]
    lapsed = value.get("use") == "old" or is_over(value.get("period"), today)
    about = ", ".join(part for part in (str(value.get("use") or ""), "no longer current" if lapsed else "") if part)
    whole, words = str(value.get("text") or ""), ", ".join(str(line) for line in lines if line)
    words = " / ".join(dict.fromkeys(part for part in (words, whole) if part))
    return f"{words} ({about})" if about and words else words


def _period(value: Mapping[str, Any], today: date) -> str:  # noqa: ARG001
    return " ".join(
        f"{name} {str(value[key])[:16]}" for name, key in (("from", "start"), ("until", "end")) if value.get(key)
    )


def _quantity(value: Mapping[str, Any], today: date) -> str:  # noqa: ARG001
    return f"{value.get('comparator') or ''}{value['value']} {value.get('unit') or value.get('code') or ''}".strip()


def _identifier(value: Mapping[str, Any], today: date) -> str:  # noqa: ARG001
    return (
        f"{value['value']} ({str(value['system']).rpartition('/')[2]})" if value.get("system") else str(value["value"])
    )


def _since(value: Mapping[str, Any]) -> str:
    period = value.get("period")
    return _period(period, date.min) if is_object(period) else ""


Members = Mapping[str, Any]
_CODING = frozenset({"system", "version", "code", "display", "userSelected"})
_REFERENCE = frozenset({"reference", "type", "identifier", "display"})
_IDENTIFIER = frozenset({"use", "type", "system", "value", "period", "assigner"})


def _has_only(value: Members, names: Set[str]) -> bool:
    return bool(value) and value.keys() <= names | {"id", "extension"}


def _is_concept(value: Members) -> bool:
    return _has_only(value, {"coding", "text"})


def _is_coding(value: Members) -> bool:
    return _has_only(value, _CODING)


def _is_reference(value: Members) -> bool:
    return bool(value.keys() & {"reference", "display"}) and _has_only(value, _REFERENCE)


def _is_contact(value: Members) -> bool:
    return value.get("system") in _CONTACT and "value" in value


def _is_name(value: Members) -> bool:
    return bool(value.keys() & {"family", "given"})


def _is_address(value: Members) -> bool:
    return bool(value.keys() & {"postalCode", "line", "city"})


def _is_period(value: Members) -> bool:
    return _has_only(value, {"start", "end"})


def _is_quantity(value: Members) -> bool:
    return "value" in value and bool(value.keys() & {"unit", "comparator"})


def _is_identifier(value: Members) -> bool:
    return "value" in value and _has_only(value, _IDENTIFIER)


@dataclass(frozen=True)
class Shape:
    """One kind of element."""

    fits: Callable[[Members], bool]
    words: Callable[[Members, date], str]
    members: Set[str]
    """What the words say; any other member is said beside them."""


NAME = Shape(_is_name, name_words, frozenset({"prefix", "given", "family", "suffix", "use", "text"}))
SHAPES: Sequence[Shape] = (
    Shape(_is_concept, _concept, frozenset({"coding", "text"})),
    Shape(_is_coding, _coding, _CODING),
    Shape(_is_reference, _reference, _REFERENCE),
    Shape(_is_contact, _contact, frozenset({"system", "value", "use", "period"})),
    NAME,
    Shape(_is_address, _address, frozenset({"line", "city", "district", "postalCode", "country", "use", "text"})),
    Shape(_is_period, _period, frozenset({"start", "end"})),
    Shape(_is_quantity, _quantity, frozenset({"value", "comparator", "unit", "code", "system"})),
    Shape(_is_identifier, _identifier, frozenset({"system", "value", "use"})),
)
