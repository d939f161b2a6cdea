"""Pages of the public form about whoever fills it in."""

from collections.abc import Iterator
from typing import Annotated

from services.referral.people.domain.people import Relationship
from shared.contracts.vocabulary import SourceGroup
from shared.web.forms import Form
from shared.web.questions import EmailAddress, Line, OneCode, Telephone

NO_WAY_TO_ANSWER = "Enter a phone number or an email address, so that we can answer you"


class WhoForm(Form):
    source_group: Annotated[SourceGroup, OneCode(of=SourceGroup, missing="Choose who you are")]

    @property
    def is_self(self) -> bool:
        """A parent or carer asks for themselves."""
        return self.source_group is SourceGroup.SELF


class ReferrerForm(Form):
    """A professional."""

    referrer_name: Annotated[str, Line(missing="Enter your name")]
    organisation: Annotated[str, Line(missing="Enter where you work")]
    phone: Annotated[str | None, Telephone()]
    email: Annotated[str | None, EmailAddress()]

    def check(self) -> Iterator[tuple[str, str]]:
        if not (self.phone or self.email):
            yield "phone", NO_WAY_TO_ANSWER


class AboutYouForm(Form):
    """A parent or carer."""

    your_name: Annotated[str, Line(missing="Enter your name")]
    relationship: Annotated[Relationship, OneCode(of=Relationship, missing="Choose who you are to the baby")]
