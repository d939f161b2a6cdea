"""Bringing a certificate of another team."""

from collections.abc import Iterator
from typing import Annotated

from shared.web.forms import Form
from shared.web.questions import Line, Text


class BringForm(Form):
    code: Annotated[str | None, Line(longest=60)]
    signed: Annotated[str | None, Text(longest=2000)]

    def check(self) -> Iterator[tuple[str, str]]:
        if not self.code and not self.signed:
            yield "code", "Enter the code, or paste the signed copy"
