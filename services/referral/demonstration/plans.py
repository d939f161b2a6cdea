"""The plan of an invented family: strands that fit the support, the baby's age and the practitioner's training."""

import random
from collections.abc import Iterator, Sequence

from services.referral.demonstration.families import weighted
from services.referral.demonstration.steps import Consented, PlanMade, PlannedStrand, Step
from services.referral.demonstration.team import may_give
from services.referral.support.domain.plan import PreferenceMet
from services.referral.support.packs.interventions import INTERVENTIONS
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import ConsentScope
from shared.contracts.vocabulary import Level

_PREFERENCE = {
    PreferenceMet.MET: 62,
    PreferenceMet.PARTLY: 20,
    PreferenceMet.NOT_MET: 4,
    PreferenceMet.NONE_STATED: 14,
}

_NEWBORN_MONTHS = 3
_TRAINED, _FOR_PARENT_TOO = 0.92, 0.45

_FOR_PARENT = {
    Level.UNIVERSAL: (Intervention.PSYCHOEDUCATION,),
    Level.TARGETED: (Intervention.PSYCHOEDUCATION, Intervention.BEHAVIOURAL_ACTIVATION),
    Level.SPECIALIST: (
        Intervention.CO_REGULATION,
        Intervention.PSYCHOLOGICAL_THERAPY,
        Intervention.COMPASSION_FOCUSED_THERAPY,
        Intervention.EMDR,
    ),
}

_SESSIONS = {Level.UNIVERSAL: 3, Level.TARGETED: 5, Level.SPECIALIST: 12}


def plan(chance: random.Random, level: Level, months: int | None, lead: int) -> Iterator[Step]:
    """What is agreed, after the consent that it needs.

    Args:
        months: the baby's age in completed months; None before birth.
        lead: place of the practitioner, who seldom gives what they are not trained in yet.
    """
    sessions = _SESSIONS[level]
    with_baby = _one_of(chance, _with_baby(level, months), lead)
    if INTERVENTIONS[with_baby].films:
        yield Consented(ConsentScope.FILMING)
    strands = [PlannedStrand(with_baby, sessions)]
    if level is not Level.UNIVERSAL and chance.random() < _FOR_PARENT_TOO:
        for_parent = _one_of(chance, _FOR_PARENT[level], lead)
        strands.append(PlannedStrand(for_parent, max(3, sessions // 2), for_baby=False))
    yield PlanMade(weighted(chance, _PREFERENCE), tuple(strands))


def _one_of(chance: random.Random, fitting: Sequence[Intervention], lead: int) -> Intervention:
    given = [one for one in fitting if may_give(lead, one)]
    return chance.choice(given if given and chance.random() < _TRAINED else fitting)


def _with_baby(level: Level, months: int | None) -> Sequence[Intervention]:
    if level is Level.UNIVERSAL:
        return (Intervention.PSYCHOEDUCATION,)
    if level is Level.SPECIALIST:
        first = Intervention.PARENT_INFANT_PSYCHOTHERAPY
        return (first,) if months is None else (first, Intervention.RELATIONSHIP_WORK)
    if months is None:
        return (Intervention.PSYCHOEDUCATION,)
    filmed = Intervention.VIDEO_INTERACTION_GUIDANCE
    if months < _NEWBORN_MONTHS:
        return (filmed, Intervention.NEWBORN_BEHAVIOURAL_OBSERVATIONS, Intervention.STATES_AND_CUES)
    return (filmed, Intervention.WATCH_WAIT_AND_WONDER, Intervention.STATES_AND_CUES)
