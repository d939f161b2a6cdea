"""Logging a consultation, in a minute."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.consultations.database.families import Families
from services.consultation.consultations.domain.consultation import NAMED, RESPONSIBILITY
from services.consultation.consultations.queries.usual_answers import Usual, usual_of
from services.consultation.consultations.web.forms.log import LogForm
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
from shared.staff.answer_words import Ask, Offered
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter()


@dataclass(frozen=True)
class LogPlace:
    organisations: list[Offered]
    organisation_id: UUID | None
    """Chosen already."""
    usual: Usual
    today: date
    held_on: date


async def _read(work: UnitOfWork, organisation: UUID | None = None, on: date | None = None) -> LogPlace:
    """Where the organisation is chosen, the form begins as it was the last time."""
    work.record("log.open")
    usual = await usual_of(work, organisation) if organisation else Usual()
    held_on = on if on and on <= work.today else work.today
    return LogPlace(await organisations_offered(work), organisation, usual, work.today, held_on)


async def _log(sent: Sent[LogPlace, LogForm]) -> str | None:
    form = sent.form
    named = form.kind in NAMED and form.family
    family_id = await Families(sent.work).find(form.family or "") if named else None
    await log_consultation(form.to_command(sent.intention, family_id), sent.work)
    return None


def _suggested(place: LogPlace) -> dict[str, Any]:
    usual = place.usual
    known = {"organisation": place.organisation_id, "profession": usual.profession, "tier": usual.tier}
    always = {"held_on": place.held_on, "minutes": usual.minutes, "mode": usual.mode, "asker": usual.name}
    return {name: value for name, value in (known | always).items() if value is not None}


def _shows(place: LogPlace) -> dict[str, Any]:
    return {
        "organisations": place.organisations,
        "last_on": place.usual.last_on,
        "kinds": list(ConsultationKind),
        "knows": list(FamilyKnows),
        "age_bands": list(AgeBand),
        "topics": list(Topic),
        "outcomes": list(ConsultationOutcome),
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
    site=Site(_read, lambda _: {"back": "/consultations"}),
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
