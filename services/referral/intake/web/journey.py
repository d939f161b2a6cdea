"""The pages of the public form, in their order, and which of them someone is asked.

What was answered decides what is asked next, so the path is worked out anew from the draft each time: Back, Change and
a page opened twice all lead to the same place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from services.referral.intake.database.drafts import Answers
from services.referral.people.domain.people import Relationship
from services.referral.people.web.forms.contact import ContactForm, ParentContactForm, TalkingForm
from services.referral.people.web.forms.family import (
    BabyForm,
    BornForm,
    CaregiverForm,
    DueForm,
    HomeForm,
    NhsNumberForm,
    OtherCaregiver,
    OtherCaregiverForm,
    OtherCaregiverNameForm,
)
from services.referral.people.web.forms.need import (
    AgainstTheirWillForm,
    DangerForm,
    ProfessionalsForm,
    ReasonsForm,
    ReferralConsentForm,
    StoryForm,
)
from services.referral.people.web.forms.referrer import AboutYouForm, ReferrerForm, WhoForm
from shared.contracts.vocabulary import FamilyAgreement
from shared.web.forms import Form, fill
from shared.web.questions import Circumstances

AForm = TypeVar("AForm", bound=Form)


class Path:
    """The pages that apply to someone, and their answers as far as they are right."""

    def __init__(self, answers: Answers, circumstances: Circumstances) -> None:
        self.pages: list[Page] = []
        self._forms: dict[type[Form], Form] = {}
        for page in PAGES:
            if page.applies(self):
                self.pages.append(page)
                if page.name in answers:
                    filled = fill(page.form, dict(answers[page.name]), circumstances)
                    if filled.form is not None:
                        self._forms[page.form] = filled.form

    def answer(self, form: type[AForm]) -> AForm | None:
        """The answers of one page, if it applies and they are right."""
        found = self._forms.get(form)
        return found if isinstance(found, form) else None

    def page(self, name: str) -> "Page | None":
        """The page of this name, if it applies."""
        return next((page for page in self.pages if page.name == name), None)

    @property
    def first_open(self) -> "Page | None":
        """The first page without an answer; None when all is answered."""
        return next((page for page in self.pages if page.form not in self._forms), None)

    @property
    def next_name(self) -> str:
        """Of the first page without an answer, or of the check page."""
        return self.first_open.name if self.first_open else "check"

    def before(self, page: "Page") -> "Page | None":
        place = self.pages.index(page)
        return self.pages[place - 1] if place else None

    def after(self, page: "Page") -> "Page | None":
        rest = self.pages[self.pages.index(page) + 1 :]
        return rest[0] if rest else None

    @property
    def is_self(self) -> bool:
        """A parent or carer refers themselves."""
        who = self.answer(WhoForm)
        return who is not None and who.is_self

    @property
    def is_born(self) -> bool | None:
        """None until it was asked."""
        born = self.answer(BornForm)
        return None if born is None else born.born

    @property
    def in_danger(self) -> bool:
        danger = self.answer(DangerForm)
        return danger is not None and danger.in_danger

    @property
    def disagrees(self) -> bool:
        """The family knows of the referral and does not agree."""
        consent = self.answer(ReferralConsentForm)
        return consent is not None and consent.consent is FamilyAgreement.DISAGREED

    @property
    def carer(self) -> Relationship | None:
        """What the parent or carer whom the form is about is to the baby; None until it was asked."""
        named = self.answer(AboutYouForm) or self.answer(CaregiverForm)
        return named.relationship if named else None

    @property
    def email(self) -> str | None:
        """Of whoever fills it in."""
        given = self.answer(ReferrerForm) or self.answer(ContactForm)
        return given.email if given else None

    @property
    def names_other_caregiver(self) -> bool:
        other = self.answer(OtherCaregiverForm)
        return other is not None and other.other_caregiver is OtherCaregiver.YES


@dataclass(frozen=True)
class Page:
    """One page: its name in the address and of its template, its form, and whom it is for."""

    name: str
    form: type[Form]
    applies: Callable[[Path], bool] = lambda _path: True


PAGES = (
    Page("who", WhoForm),
    Page("danger", DangerForm),
    Page("referrer", ReferrerForm, lambda path: not path.is_self),
    # before anyone is named
    Page("consent", ReferralConsentForm, lambda path: not path.is_self),
    Page("against-will", AgainstTheirWillForm, lambda path: path.disagrees),
    Page("about-you", AboutYouForm, lambda path: path.is_self),
    Page("contact", ContactForm, lambda path: path.is_self),
    Page("born", BornForm),
    Page("baby", BabyForm, lambda path: path.is_born is True),
    Page("due", DueForm, lambda path: path.is_born is False),
    Page("nhs-number", NhsNumberForm, lambda path: path.is_born is True),
    Page("caregiver", CaregiverForm, lambda path: not path.is_self),
    Page("parent-contact", ParentContactForm, lambda path: not path.is_self),
    Page("talking", TalkingForm),
    Page("other-carer", OtherCaregiverForm),
    Page("other-carer-name", OtherCaregiverNameForm, lambda path: path.names_other_caregiver),
    Page("home", HomeForm),
    Page("reasons", ReasonsForm),
    Page("story", StoryForm),
    Page("professionals", ProfessionalsForm, lambda path: not path.is_self),
)
