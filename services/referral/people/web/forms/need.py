"""Pages of the public form about safety, and why the family is referred."""

from collections.abc import Iterator
from typing import Annotated

from services.referral.people.domain.people import Safeguarding
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason
from shared.web.forms import Form
from shared.web.questions import Line, OneCode, SeveralCodes, Text, YesOrNo


class DangerForm(Form):
    in_danger: Annotated[bool, YesOrNo(missing="Choose yes if anyone is in immediate danger")]


class ReasonsForm(Form):
    reasons: Annotated[frozenset[ReferralReason], SeveralCodes(of=ReferralReason, missing="Choose at least one reason")]


class StoryForm(Form):
    story: Annotated[str, Text(missing="Write what you have noticed about the baby and the people who care for them")]


class ReferralConsentForm(Form):
    consent: Annotated[
        FamilyAgreement, OneCode(of=FamilyAgreement, missing="Choose whether the family knows about this referral")
    ]


class AgainstTheirWillForm(Form):
    """Why a family that does not agree is referred all the same."""

    against_will: Annotated[
        str,
        Text(
            missing="Write why a child or parent is not safe without this referral, or ask us for advice without names",
            longest=2000,
        ),
    ]


class ProfessionalsForm(Form):
    """What a professional knows of others who know the family."""

    safeguarding: Annotated[
        Safeguarding, OneCode(of=Safeguarding, missing="Choose whether there are safeguarding plans or worries")
    ]
    safeguarding_note: Annotated[str | None, Text(longest=2000)]
    gp: Annotated[str | None, Line()]

    def check(self) -> Iterator[tuple[str, str]]:
        if self.safeguarding is Safeguarding.YES and not self.safeguarding_note:
            yield "safeguarding_note", "Write what the worry or the plan is, and who holds it"
