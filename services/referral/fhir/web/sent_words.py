"""What a sender sent and no field of a referral holds, in words: people read it, and nothing of it is dropped.

It is the resource's own JSON without what was read into a field and without what only machines need. An element is
told by its shape (a coded concept, a name, an address, a period …), whichever resource it stands in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from unicodedata import category

from services.referral.fhir.web.element_words import NAME, SHAPES, is_over
from services.referral.fhir.web.json_kinds import is_array, is_object

MOST_CHARACTERS = 100_000
_FOR_MACHINES = frozenset(
    {"resourceType", "id", "meta", "implicitRules", "contained", "fullUrl", "url", "userSelected", "reference"}
)
_OVER = frozenset(
    {"inactive", "resolved", "remission", "revoked", "cancelled", "stopped", "rejected", "superseded", "not-taken"}
)
_REFUSED = frozenset({"rejected"})
"""A consent that was asked for and not given: it holds."""
_USUAL = (("active", True),)
"""Said of whoever is anything still; the heading says where it is not so."""
_WRONG = "entered-in-error"
_ENVELOPE = "MessageHeader"
_JOINERS = "\u200c\u200d"
_FIRST = ("Flag", "Consent", "RiskAssessment", "AllergyIntolerance", "Patient", "RelatedPerson", "ServiceRequest")
_HEADINGS = {
    "Flag": "Alert",
    "AllergyIntolerance": "Allergy or intolerance",
    "Patient": "The person referred",
    "RelatedPerson": "Someone related to them",
    "ServiceRequest": "The request",
    "PractitionerRole": "Role of a professional",
    "Practitioner": "A professional",
}


@dataclass(frozen=True)
class Sent:
    """One resource as it came."""

    kind: str
    path: str
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class SentWords:
    """What of it people will read, and what not even they will."""

    words: str | None
    paths: tuple[str, ...]
    """FHIRPath of each resource of which something is kept in words only."""
    not_kept: tuple[tuple[str, str], ...]
    """FHIRPath and a sentence."""


def sent_words(resources: Sequence[Sent], read: Set[str], today: date) -> SentWords:
    """The words, what is about safety and consent first.

    Args:
        read: FHIRPaths of the elements that a field holds.
    """
    blocks: list[str] = []
    paths: list[str] = []
    not_kept: list[tuple[str, str]] = []
    for one in sorted(resources, key=_place):
        if one.kind == _ENVELOPE:
            read = read | {f"{one.path}.{name}" for name in one.raw if name != "source"}
        if _WRONG in {_code(one.raw.get(name)) for name in ("status", "verificationStatus")}:
            not_kept.append((one.path, "This says that it was entered in error. It was not kept."))
            continue
        writer = _Writer(read, today)
        lines = list(writer.lines(one.raw, one.path))
        not_kept += writer.not_kept
        if lines:
            blocks.append("\n".join([_heading(one, today), *lines]))
            paths.append(one.path)
    words = "".join(_seen(letter) for letter in "\n\n".join(blocks))
    return SentWords(words or None, tuple(paths), tuple(not_kept))


def _seen(letter: str) -> str:
    """No database holds half a character or a NUL, and nobody should read what turns the direction."""
    kind = category(letter)
    return letter if letter == "\n" or kind not in {"Cc", "Cf", "Cs"} or letter in _JOINERS else " "


def _place(one: Sent) -> tuple[int, int]:
    return (_FIRST.index(one.kind) if one.kind in _FIRST else len(_FIRST), 0)


def _heading(one: Sent, today: date) -> str:
    name = _HEADINGS.get(one.kind, _label(one.kind).capitalize())
    codes = {_code(one.raw.get(each)) for each in ("status", "clinicalStatus")}
    over = _OVER - _REFUSED if one.kind == "Consent" else _OVER
    is_past = one.raw.get("active") is False or codes & over or is_over(one.raw.get("period"), today)
    return f"{name} (no longer current)" if is_past else name


def _code(value: Any) -> str:
    if is_object(value):
        codings = value.get("coding")
        first: Any = codings[0] if is_array(codings) and codings else None
        return str(first.get("code", "")) if is_object(first) else ""
    return value if isinstance(value, str) else ""


class _Writer:
    def __init__(self, read: Set[str], today: date) -> None:
        self._read = read
        self._today = today
        self.not_kept: list[tuple[str, str]] = []

    def lines(self, raw: Mapping[str, Any], path: str) -> Iterator[str]:
        """`interpreter required: yes`, one element a line."""
        for name, value in raw.items():
            if name in _FOR_MACHINES:
                continue
            if (name == "language" and isinstance(value, str)) or (name, value) in _USUAL:
                continue
            if name == "text" and is_object(value) and "div" in value:
                words = _narrative(value)
            else:
                words = self._words(value, f"{path}.{name}", name)
            if words:
                yield " ".join(f"{_label(name)}: {words}".split())

    def _words(self, value: Any, path: str, name: str) -> str:
        if path in self._read:
            return ""
        if is_array(value):
            found = [self._words(item, f"{path}[{place}]", name) for place, item in enumerate(value)]
            return "; ".join(dict.fromkeys(each for each in found if each))
        if is_object(value):
            return self._object(value, path, name)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return " ".join(str(value).split()) if value is not None else ""

    def _object(self, value: Mapping[str, Any], path: str, name: str) -> str:
        if _is_attachment(value):
            return self._attachment(value, path)
        shape = NAME if name == "name" else next((one for one in SHAPES if one.fits(value)), None)
        if shape is not None:
            if any(f"{path}.{part}" in self._read for part in ("value", "text", "code")):
                return ""
            unnamed = {member: inner for member, inner in value.items() if member not in shape.members}
            rest = (self._member(unnamed, path), self._extensions(value, path))
            return "; ".join(part for part in (shape.words(value, self._today), *rest) if part)
        return ", ".join(part for part in (self._member(value, path), self._extensions(value, path)) if part)

    def _member(self, value: Mapping[str, Any], path: str) -> str:
        found: list[str] = []
        for name, inner in value.items():
            if name in _FOR_MACHINES or name == "extension":
                continue
            if words := self._words(inner, f"{path}.{name}", name):
                found.append(words if name.startswith("value") and name != "value" else f"{_label(name)} {words}")
        if "url" in value and found:
            return f"{_label(str(value['url']).rpartition('/')[2])}: {', '.join(found)}"
        return ", ".join(found)

    def _extensions(self, value: Mapping[str, Any], path: str) -> str:
        given = value.get("extension")
        if not is_array(given):
            return ""
        words = [self._words(one, f"{path}.extension[{place}]", "extension") for place, one in enumerate(given)]
        label = "" if "url" not in value else f"{_label(str(value['url']).rpartition('/')[2])}: "
        return f"{label}{', '.join(each for each in words if each)}" if any(words) else ""

    def _attachment(self, value: Mapping[str, Any], path: str) -> str:
        self.not_kept.append(
            (path, "A document cannot be taken over. The team sees that there is one: send it to them.")
        )
        title = value.get("title") or value.get("contentType") or "without a title"
        return f"a document that was not taken over ({title}): ask the referrer for it"


def _is_attachment(value: Mapping[str, Any]) -> bool:
    """Other things have `data` too: what a consent is about, a signature, and measurements in a row."""
    has_data = isinstance(value.get("data"), str) and not value.keys() & {"type", "actor", "origin"}
    return "contentType" in value or has_data


def _narrative(value: Mapping[str, Any]) -> str:
    """What a person wrote; one that was generated says what the elements say."""
    return "" if value.get("status") == "generated" else unescape(re.sub("<[^<>]*>", " ", str(value["div"]))).strip()


def _label(name: str) -> str:
    """`interpreterRequired` or `Extension-UKCore-ContactRank` → `interpreter required`, `contact rank`."""
    bare = re.sub(r"^(?:Extension|UKCore|England)[-.]", "", re.sub(r"^Extension-", "", name))
    bare = re.sub(r"^value(?=[A-Z])", "", re.sub(r"\[x\]$", "", bare))
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", bare)
    return re.sub(r"[-_.]+", " ", words).strip().lower()
