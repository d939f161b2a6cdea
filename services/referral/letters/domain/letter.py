"""A letter as a structure: letterhead, title, headings, paragraphs and bullets. Every form of it is made from this.

The text is a very small part of Markdown, so that a practitioner can edit it in a plain box:

    # The title, once and first
    ## A heading
    A paragraph. A line end inside it is kept.
    - a bullet
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


Block = Heading | Paragraph | Bullets


@dataclass(frozen=True)
class Letterhead:
    """Who writes to whom, when."""

    team_name: str
    team_phone: str
    recipient: tuple[str, ...]
    """Name, then the lines of the recipient's own address."""
    dated_on: date
    reference: str
    """The letter's number; empty while it is a draft."""


@dataclass(frozen=True)
class Content:
    """What a letter says."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Letter:
    letterhead: Letterhead
    content: Content
    notices: tuple[str, ...] = ()
    """What stands above it while it is not, or not yet, a real letter: that it is a draft, or invented."""


_TITLE = re.compile(r"#\s+(\S.*)")
_HEADING = re.compile(r"#{1,6}\s+(\S.*)")
_BULLET = re.compile(r"[-*•]\s+(\S.*)")


def parse_letter(text: str) -> Content:
    """The structure of a letter's text. Nothing that was typed is left out.

    Raises:
        RuleBroken: it does not begin with a title, or says nothing after it.
    """
    first, _, rest = text.strip().partition("\n")
    title = _TITLE.fullmatch(first.strip())
    if title is None:
        raise RuleBroken(
            "letter_title", "Begin with a title: a first line with #, a space and a few words.", field="text"
        )
    blocks = parse_blocks(rest)
    if not blocks:
        raise RuleBroken("letter_empty", "Write the letter below its title.", field="text")
    return Content(title[1].strip(), blocks)


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Headings, paragraphs and bullets; a heading of any depth is a heading."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(
        block for kind, group in groupby(lines, key=_kind) for block in _blocks(kind, list(group)) if kind is not None
    )


def _kind(line: str) -> type[Block] | None:
    if not line:
        return None
    if _HEADING.fullmatch(line):
        return Heading
    return Bullets if _BULLET.fullmatch(line) else Paragraph


def _blocks(kind: type[Block] | None, lines: list[str]) -> Iterator[Block]:
    if kind is Heading:
        yield from (Heading(_HEADING.sub(r"\1", line)) for line in lines)
    elif kind is Bullets:
        yield Bullets(tuple(_BULLET.sub(r"\1", line) for line in lines))
    else:
        yield Paragraph(tuple(lines))
