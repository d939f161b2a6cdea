"""Text as people type it, made safe to keep: composed, without spaces around it, and with nothing that hides."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line end
    "\ud800-\udfff\ufffe\uffff\ufffd"  # halves of characters, and what stands for an unreadable one
    "\u202a-\u202e\u2066-\u2069]"  # text that turns the direction of what follows
)
_UNSEEN = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007f]+)"  # the flag of England is made with them
    "|[\u00ad\u200b\u200e\u200f\u061c\u180e\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
    r"|(?<!\S)[\u200c\u200d]|[\u200c\u200d](?!\S)"
)
"""What comes along when people paste, and nobody sees: hyphens that may break, marks of direction and of the file's
start, joiners that join nothing."""
_LINE_ENDS = re.compile("\r\n?|[\x0b\u2028\u2029]")
"""Of Windows, old spreadsheets, and a word processor's line that is no paragraph."""
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNREADABLE = "\ufffd"
_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})
_MOST_BYTES_PER_CHARACTER = 3


class Unacceptable(Exception):
    """The text has characters that cannot be seen, or is longer than fits."""


def clean(text: str, longest: int) -> str:
    """The text in Unicode's composed form (NFC) with simple line ends and spaces, and without what nobody sees in it.

    Empty if there is nothing to see.

    Args:
        longest: characters, counted with each accent; and it may have three bytes for each.

    Raises:
        Unacceptable: with "hidden" or "long".
    """
    seen = _UNSEEN.sub(lambda found: found[1] or "", _LINE_ENDS.sub("\n", _SPACES.sub(" ", text)))
    composed = unicodedata.normalize("NFC", seen).strip()
    if _HIDDEN.search(composed):
        raise Unacceptable("hidden")
    if len(composed) > longest or len(composed.encode()) > longest * _MOST_BYTES_PER_CHARACTER:
        raise Unacceptable("long")
    if all(unicodedata.category(character) in _INVISIBLE for character in composed):
        return ""
    return composed


def without_unseen(text: str) -> str:
    """Figures, as people paste them: without any mark that cannot be seen, also those that turn the direction."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def shown_again(text: str) -> str:
    """What was typed, for showing it in its field again: only what a page cannot hold is left out."""
    return text.replace("\x00", "").replace(_UNREADABLE, "").encode("utf-8", "replace").decode()


def storable(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was typed, for keeping it: a character that no database holds is kept as one that is refused as well."""
    return {_storable(name): [_storable(value) for value in values] for name, values in fields.items()}


def _storable(text: str) -> str:
    return text.replace("\x00", _UNREADABLE)
