"""Pages of the public form about the baby, and the people who care for them."""

from datetime import date
from typing import Annotated

from services.referral.people.domain.age import check_subject
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.subject import Baby, Unborn
from shared.contracts.vocabulary import Code
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Line, NhsNumber, OneCode, Postcode, Telephone, YesOrNo


class BornForm(Form):
    born: Annotated[bool, YesOrNo(missing="Choose yes if the baby has been born")]


class BabyForm(Form):
    baby_name: Annotated[str, Line(missing="Enter the baby's name")]
    born_on: Annotated[
        date,
        DateParts(
            missing="Enter the baby's date of birth",
            future="The date of birth must be today or in the past. Check the year.",
        ),
    ]

    def check_on(self, today: date) -> None:
        check_subject(Baby(self.baby_name, self.born_on), today)


class DueForm(Form):
    due_on: Annotated[date, DateParts(missing="Enter the due date. If you are not sure, your best guess will do")]

    def check_on(self, today: date) -> None:
        check_subject(Unborn(self.due_on), today)


class NhsNumberForm(Form):
    nhs_number: Annotated[str | None, NhsNumber()]


class CaregiverForm(Form):
    caregiver_name: Annotated[str, Line(missing="Enter the parent or carer's name")]
    relationship: Annotated[Relationship, OneCode(of=Relationship, missing="Choose who they are to the baby")]


class OtherCaregiver(Code):
    """The answers to whether there is a dad or another carer; all but the first are `NoOtherCaregiver`."""

    YES = "yes", "Yes"
    NONE = "none", "No"
    NOT_KNOWN = "not_known", "I do not know"
    UNSAFE = "unsafe", "Yes, but it would not be safe to contact them"


class OtherCaregiverForm(Form):
    other_caregiver: Annotated[
        OtherCaregiver, OneCode(of=OtherCaregiver, missing="Choose whether there is a dad or another carer")
    ]


class OtherCaregiverNameForm(Form):
    other_name: Annotated[str, Line(missing="Enter their name")]
    relationship: Annotated[Relationship, OneCode(of=Relationship, missing="Choose who they are to the baby")]
    phone: Annotated[str | None, Telephone()]


class HomeForm(Form):
    postcode: Annotated[str, Postcode(missing="Enter the postcode")]
