"""A search for a person or a referral."""

from dataclasses import dataclass
from typing import Annotated, Any

from services.referral.people.domain.search import Sought, sought
from shared.web.forms import Form
from shared.web.questions import Circumstances, Line


@dataclass(frozen=True, kw_only=True)
class Seeking(Line):
    """An NHS number, a reference or a name."""

    def understand(self, text: str, circumstances: Circumstances) -> Any:  # noqa: ARG002
        return sought(text)


class SearchForm(Form):
    text: Annotated[Sought, Seeking(missing="Enter an NHS number, a reference or a name")]
