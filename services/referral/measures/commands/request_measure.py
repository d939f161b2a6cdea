"""Make a link by which a parent or carer answers a measure on their own telephone."""

from dataclasses import dataclass, field
from uuid import UUID

from services.referral.measures.database.measure_requests import MeasureRequests
from services.referral.measures.domain.administration import Subject, check_subject_of, variant_of
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_request import (
    LASTS,
    MeasureRequest,
    check_can_be_answered_alone,
    check_may_be_sent,
)
from services.referral.measures.domain.scoring import check_variant
from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.support.database.episodes import Episodes
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RequestMeasure:
    request_id: UUID
    episode_id: UUID
    definition: MeasureDefinition
    subject: Subject
    timepoint: MeasureTimepoint
    token: str = field(repr=False)
    """Of the link: 256 bits that nobody can guess, good for 14 days and one answer; only their hash is kept."""
    variant: str = ""


async def request_measure(command: RequestMeasure, work: UnitOfWork) -> None:
    """Whoever has the token can answer.

    Raises:
        NotFound: this team has no such episode, or nobody in the family has that id.
        NotAllowed: the actor does not work in the team.
        RuleBroken: the measure is not for a link, its form is not named, or nothing may be sent to this person.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    definition = command.definition
    check_can_be_answered_alone(definition)
    check_variant(definition, command.variant)
    episode = await Episodes(work).get(command.episode_id)
    family = await Families(work).get_to_change(episode.family_id)
    subject = check_subject_of(definition, command.subject, family)
    check_may_be_sent(family, subject)
    request = MeasureRequest(
        id=command.request_id,
        family_id=family.id,
        episode_id=episode.id,
        code=definition.code,
        definition_version=definition.version,
        variant=command.variant or variant_of(definition, subject, family),
        subject=subject,
        timepoint=command.timepoint,
        requested_by=work.actor.id,
        requested_at=work.now,
        expires_at=work.now + LASTS,
    )
    await MeasureRequests(work).add(request, command.token)
    work.record("measure.request", family.id)
