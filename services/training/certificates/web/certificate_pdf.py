"""A certificate as PDF: one landscape page, tagged, with a code for a phone. The same one gives the same bytes."""

import asyncio
import io
import json
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

from services.training.certificates.domain.certificate import Certificate
from shared.kernel.errors import RuleBroken
from shared.web.fonts import FONTS

_SOURCE = Path(__file__).parent / "templates" / "certificate.typ"


async def certificate_pdf(certificate: Certificate, address: str, *, is_demonstration: bool) -> bytes:
    """Made in a thread.

    Args:
        address: of the team's public pages, where somebody checks it.

    Raises:
        RuleBroken: a name has a character that no font on this server has.
    """
    return await asyncio.to_thread(_compile, certificate, address, is_demonstration)


def _compile(certificate: Certificate, address: str, is_demonstration: bool) -> bytes:  # noqa: FBT001 - handed on
    import typst  # noqa: PLC0415 - a compiler with its fonts, of which a process that makes no PDF has no need

    printed = certificate.printed
    data = {
        **{name: getattr(printed, name) for name in printed.__dataclass_fields__},
        "code": certificate.shown_code,
        "check_at": f"{address}/check".partition("://")[2],
        "note": "Invented data" if is_demonstration else "",
        "qr": _qr(f"{address}/check/{certificate.code}"),
    }
    compiler = typst.Compiler(_SOURCE.read_bytes(), font_paths=_fonts())
    made_at = certificate.issued_at.astimezone(UTC)
    inputs = {"certificate": json.dumps(data)}
    try:
        made = compiler.compile(
            format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs, timestamp=made_at, pdf_tags=True
        )
    except typst.TypstError:
        raise RuleBroken(
            "certificate_character",
            "This server has no font for a letter of the name. Ask your operator to install a font for that script.",
        ) from None
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _qr(address: str) -> str:
    """As SVG."""
    import segno  # noqa: PLC0415 - as above

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, dark="#212b32", xmldecl=False)
    return out.getvalue().decode()


@cache
def _fonts() -> Any:
    """Ours first; the server's own are asked only for what ours cannot write, such as another script."""
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[FONTS])
