"""Text as people type it, made safe to keep: composed, without spaces around it, and with nothing that hides."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line end
    "\ud800-\udfff\ufffe\uffff\ufffd"  # halves of characters, and what stands for an unreadable one
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"  # text that turns the direction of what follows
)
_UNREADABLE = "\ufffd"
_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})
_MOST_BYTES_PER_CHARACTER = 3


class Unacceptable(Exception):
    """The text has characters that cannot be seen, or is longer than fits."""


def clean(text: str, longest: int) -> str:
    """The text in Unicode's composed form (NFC) with simple line ends; empty if there is nothing to see in it.

    Args:
        longest: characters, counted with each accent; and it may have three bytes for each.

    Raises:
        Unacceptable: with "hidden" or "long".
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if _HIDDEN.search(composed):
        raise Unacceptable("hidden")
    if len(composed) > longest or len(composed.encode()) > longest * _MOST_BYTES_PER_CHARACTER:
        raise Unacceptable("long")
    if all(unicodedata.category(character) in _INVISIBLE for character in composed):
        return ""
    return composed


def shown_again(text: str) -> str:
    """What was typed, for showing it in its field again: only what a page cannot hold is left out."""
    return text.replace("\x00", "").replace(_UNREADABLE, "").encode("utf-8", "replace").decode()


def storable(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was typed, for keeping it: a character that no database holds is kept as one that is refused as well."""
    return {_storable(name): [_storable(value) for value in values] for name, values in fields.items()}


def _storable(text: str) -> str:
    return text.replace("\x00", _UNREADABLE)
