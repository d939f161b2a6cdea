"""A letter as PDF that a screen reader can read: tagged, with a title and a language, by PDF/UA-1, fonts embedded."""

import asyncio
import json
import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from services.referral.letters.domain.letter import Block, Bullets, Heading, Letter
from services.referral.letters.web.letter_words import about_lines
from shared.kernel.errors import RuleBroken
from shared.web.fonts import FONTS

_HERE = Path(__file__).parent
_SOURCE = _HERE / "templates" / "letter.typ"
_NOT_IN_A_FONT = re.compile(r'the text `"(?:\\u\{([0-9a-f]+)\}|(.))')
"""Typst writes a character that cannot be seen as its number."""


async def letter_pdf(letter: Letter) -> bytes:
    """The PDF, made in a thread; the same letter gives the same bytes.

    Raises:
        RuleBroken: it has a character that no font on this server has.
    """
    return await asyncio.to_thread(_compile, json.dumps(_data(letter)), _made_at(letter))


def _compile(data: str, made_at: datetime) -> bytes:
    import typst  # noqa: PLC0415 - a compiler with its fonts, of which a process that makes no PDF has no need

    compiler = typst.Compiler(_SOURCE.read_bytes(), font_paths=_fonts())
    try:
        made = compiler.compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs={"letter": data}, timestamp=made_at, pdf_tags=True
        )
    except typst.TypstError as error:
        missing = _NOT_IN_A_FONT.search(error.message)
        if missing is None:
            raise
        raise RuleBroken(
            "letter_character",
            f"This server has no font for one of the letter's characters (U+{_number(missing):04X}), so it cannot be "
            "made into a PDF. Print the page instead, or ask your operator to install a font for that script.",
        ) from None
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _number(found: re.Match[str]) -> int:
    return int(found[1], 16) if found[1] else ord(found[2])


@cache
def _fonts() -> Any:
    """Ours first; the server's own are asked only for what ours cannot write, such as another script."""
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[FONTS])


def _made_at(letter: Letter) -> datetime:
    return datetime.combine(letter.letterhead.dated_on, time(), UTC)


def _data(letter: Letter) -> dict[str, Any]:
    head = letter.letterhead
    return {
        "title": letter.content.title,
        "team_name": head.team_name,
        "team_phone": head.team_phone,
        "recipient": head.recipient,
        "about": about_lines(head),
        "notices": letter.notices,
        "footer": head.reference,
        "blocks": [_block(block) for block in letter.content.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "lines": [text]}
        case Bullets(items):
            return {"kind": "bullets", "lines": items}
        case _:
            return {"kind": "paragraph", "lines": block.lines}
