"""A telephone number as people write it down and read it aloud: in groups."""

import re

from markupsafe import Markup, escape

from shared.kernel.telephone import Telephone, telephones

_GROUPS = (
    (re.compile(r"(07\d{3})(\d{3})(\d{3})"), r"\1 \2 \3"),
    (re.compile(r"(02\d)(\d{4})(\d{4})"), r"\1 \2 \3"),
    (re.compile(r"(0[138]\d{3})(\d{3})(\d{3})"), r"\1 \2 \3"),
)
"""Of the United Kingdom, as Ofcom's guidance groups most of them."""


def phone_words(kept: str) -> str:
    """In groups where its kind is known and nobody grouped it, as it was written where not."""
    return " or ".join(_in_groups(one) for one in telephones(kept))


def phone_dialled(kept: str) -> Markup:
    """Likewise, each number a link that dials it."""
    link = Markup('<a class="pairs-nowrap" href="{}">{}</a>')
    return Markup(" or ").join(link.format(one.address, _in_groups(one)) for one in telephones(kept))


def _in_groups(number: Telephone) -> str:
    for pattern, groups in _GROUPS:
        if found := pattern.fullmatch(number.digits):
            return str(Telephone(found.expand(groups), number.extension))
    return str(number)


_NUMBER = re.compile(r"\+?\d[\d ]{7,}\d")


def phone_link(words: str) -> Markup:
    """What a team writes about its telephone, with the number in one piece and as a link that calls it."""
    if (found := _NUMBER.search(words)) is None:
        return escape(words)
    number = found[0]
    link = Markup('<a class="nhsuk-link pairs-nowrap" href="tel:{}">{}</a>').format(number.replace(" ", ""), number)
    return escape(words[: found.start()]) + link + escape(words[found.end() :])
