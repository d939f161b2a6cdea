"""Logging a consultation, in a minute."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.consultations.commands.want_referral import WantReferral, want_referral
from services.consultation.consultations.database.families import Families
from services.consultation.consultations.domain.consultation import RESPONSIBILITY, About
from services.consultation.consultations.queries.usual_answers import Usual, usual_of
from services.consultation.consultations.web.forms.log import BY_NAME, NO_NAMES, WITH_SEVERAL, LogForm, Next
from services.consultation.organisations.queries.organisation_list import organisations_offered
from services.consultation.staff.domain.capabilities import LOG
from services.consultation.staff.web.access import STAFF
from shared.contracts.consultation_codes import (
    ConsultationKind,
    ConsultationMode,
    ConsultationOutcome,
    FamilyKnows,
    Profession,
    Topic,
)
from shared.contracts.vocabulary import AgeBand, Tier
from shared.kernel.errors import RuleBroken
from shared.staff.address import address
from shared.staff.answer_words import Ask, Offered
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter()

_MADE_BY_BUTTON = ConsultationOutcome.REFERRAL_MADE


@dataclass(frozen=True)
class LogPlace:
    organisations: list[Offered]
    organisation_id: UUID | None
    """Chosen already."""
    usual: Usual
    held_on: date
    was_saved: bool
    """The one before, by "Save and add another"."""


async def _read(
    work: UnitOfWork,
    organisation: UUID | None = None,
    on: date | None = None,
    saved: bool = False,  # noqa: FBT001, FBT002 - as an address says it
) -> LogPlace:
    """Where the organisation is chosen, the form begins as it was the last time."""
    work.record("log.open")
    usual = await usual_of(work, organisation) if organisation else Usual()
    held_on = on if on and on <= work.today else work.today
    return LogPlace(await organisations_offered(work), organisation, usual, held_on, saved)


async def _log(sent: Sent[LogPlace, LogForm]) -> str | None:
    form, work = sent.form, sent.work
    usual = await usual_of(work, form.organisation)
    if (profession := form.profession or usual.profession) is None:
        sentence = "Choose the profession: this organisation has not asked before."
        raise RuleBroken("consultation_profession", sentence, field="profession")
    about = await _about(form, profession, work)
    await log_consultation(form.to_command(sent.intention, about, usual), work)
    if form.then is Next.REFER:
        await want_referral(WantReferral(sent.intention), work)
        return f"/consultations/{sent.intention}"
    if form.then is Next.ANOTHER:
        return address("/consultations/new", organisation=form.organisation, on=form.held_on, saved="yes")
    return None


async def _about(form: LogForm, profession: Profession, work: UnitOfWork) -> About:
    """Whether the family knows is asked, unless its record has it."""
    if not form.names_family:
        return About(form.kind, age_band=form.age_band)
    families = Families(work)
    family_id, knows = await families.find(form.family or ""), form.family_knows
    if knows is None and await families.agrees(family_id, profession):
        knows = FamilyKnows.ON_RECORD
    return About(form.kind, family_id, knows)


def _suggested(place: LogPlace) -> dict[str, Any]:
    known = {"organisation": place.organisation_id, "asker": place.usual.name}
    always = {"held_on": place.held_on, "minutes": place.usual.minutes, "mode": place.usual.mode}
    return {name: value for name, value in (known | always).items() if value is not None}


def _shows(place: LogPlace) -> dict[str, Any]:
    return {
        "organisations": place.organisations,
        "usual": place.usual,
        "was_saved": place.was_saved,
        "by_name": BY_NAME,
        "no_names": NO_NAMES,
        "with_several": WITH_SEVERAL,
        "kinds": list(ConsultationKind),
        "knows": list(FamilyKnows),
        "age_bands": list(AgeBand),
        "topics": list(Topic),
        "outcomes": [one for one in ConsultationOutcome if one is not _MADE_BY_BUTTON],
        "modes": list(ConsultationMode),
        "professions": list(Profession),
        "tiers": list(Tier),
        "responsibility": RESPONSIBILITY,
    }


LOG_FORM = FormPage(
    path="/consultations/new",
    may=STAFF,
    capability=LOG,
    title="Log a consultation",
    site=Site(_read),
    form=LogForm,
    suggested=_suggested,
    store=_log,
    to=lambda _: "/consultations?done=logged",
    template="consultations/log.html",
    shows=_shows,
    choices=lambda place: {"organisation": place.organisations},
    asks={
        "organisation": Ask("Organisation"),
        "kind": Ask("What about"),
        "family": Ask("Which family"),
        "family_knows": Ask("Does the family know that you talk about them?"),
        "age_band": Ask("How old is the baby?"),
        "people": Ask("How many took part?"),
        "words": Ask("What they asked, what you advised"),
        "topics": Ask("You talked about"),
        "they_will": Ask("They will"),
        "we_will": Ask("We will"),
        "outcome": Ask("What next"),
        "follow_up_on": Ask("When"),
        "could_be_harmed": Ask("Could a child come to harm?"),
        "held_on": Ask("Day"),
        "minutes": Ask("Minutes"),
        "mode": Ask("How"),
        "asker": Ask("Person"),
        "profession": Ask("Profession"),
        "tier": Ask("Tier"),
    },
)
add_forms(router, LOG_FORM)
