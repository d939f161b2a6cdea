"""What a filled public form asks of the team."""

from typing import Any, TypeVar

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.intake.web.journey import Path
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer
from services.referral.people.domain.subject import Baby, Subject, Unborn
from services.referral.people.web.forms.contact import ContactForm, ParentContactForm, TalkingForm
from services.referral.people.web.forms.family import (
    BabyForm,
    CaregiverForm,
    DueForm,
    HomeForm,
    NhsNumberForm,
    OtherCaregiverForm,
    OtherCaregiverNameForm,
)
from services.referral.people.web.forms.need import (
    AgainstTheirWillForm,
    ProfessionalsForm,
    ReasonsForm,
    ReferralConsentForm,
    StoryForm,
)
from services.referral.people.web.forms.referrer import AboutYouForm, ReferrerForm, WhoForm
from shared.contracts.vocabulary import FamilyAgreement, ReferralRoute
from shared.web.forms import Form

AForm = TypeVar("AForm", bound=Form)


class Unfinished(LookupError):
    """A page that applies has no answer; the caller looks at `Path.first_open` first."""


def request_of(path: Path) -> ReferralRequest:
    """Raises Unfinished when a page that applies has no right answer."""
    number = path.answer(NhsNumberForm)
    return ReferralRequest(
        subject=_subject(path),
        caregiver=_caregiver(path),
        other_caregiver=_other_caregiver(path),
        referrer=_referrer(path),
        postcode=_answer(path, HomeForm).postcode,
        nhs_number=number.nhs_number if number else None,
        reasons=tuple(sorted(_answer(path, ReasonsForm).reasons)),
        story=_answer(path, StoryForm).story,
        # Whoever asks for themselves knows, and agrees.
        consent=FamilyAgreement.AGREED if path.is_self else _answer(path, ReferralConsentForm).consent,
        in_danger=path.in_danger,
        route=ReferralRoute.PUBLIC_FORM,
        contact=_answer(path, ContactForm if path.is_self else ParentContactForm).contact,
        talking=_answer(path, TalkingForm).need,
        against_will=_answer(path, AgainstTheirWillForm).against_will if path.disagrees else None,
        **_known_of_others(path),
    )


def _known_of_others(path: Path) -> dict[str, Any]:
    if path.is_self:
        return {}
    known = _answer(path, ProfessionalsForm)
    return {"safeguarding": known.safeguarding, "safeguarding_note": known.safeguarding_note, "gp": known.gp}


def _subject(path: Path) -> Subject:
    if path.is_born:
        baby = _answer(path, BabyForm)
        return Baby(baby.baby_name, baby.born_on)
    return Unborn(_answer(path, DueForm).due_on)


def _caregiver(path: Path) -> Caregiver:
    if path.is_self:
        you = _answer(path, AboutYouForm)
        return Caregiver(you.your_name, you.relationship, _answer(path, ContactForm).safe_phone)
    caregiver = _answer(path, CaregiverForm)
    return Caregiver(caregiver.caregiver_name, caregiver.relationship, _answer(path, ParentContactForm).phone)


def _other_caregiver(path: Path) -> Caregiver | NoOtherCaregiver:
    if path.names_other_caregiver:
        other = _answer(path, OtherCaregiverNameForm)
        return Caregiver(other.other_name, other.relationship, other.phone)
    return NoOtherCaregiver(_answer(path, OtherCaregiverForm).other_caregiver)


def _referrer(path: Path) -> Referrer:
    source_group = _answer(path, WhoForm).source_group
    if path.is_self:
        contact = _answer(path, ContactForm)
        return Referrer(
            _answer(path, AboutYouForm).your_name, source_group, email=contact.email, phone=contact.safe_phone
        )
    referrer = _answer(path, ReferrerForm)
    return Referrer(referrer.referrer_name, source_group, referrer.organisation, referrer.email, referrer.phone)


def _answer(path: Path, form: type[AForm]) -> AForm:
    answer = path.answer(form)
    if answer is None:
        raise Unfinished(form.__name__)
    return answer
