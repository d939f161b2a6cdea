"""The one statement of a family's overview, built once."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.referral.database.clinical_tables import (
    assessment,
    formulation,
    goal,
    goal_rating,
    hand_over,
    plan,
    strand,
)
from services.referral.database.contact_tables import contact
from services.referral.database.family_tables import consent
from services.referral.database.letter_tables import letter
from services.referral.database.measure_tables import measure_skip
from services.referral.database.tables import episode, referral
from services.referral.people.queries.bereaved import is_bereaved
from services.referral.support.queries.wait_columns import REFERRAL, is_paused, pauses_of_episode
from shared.contracts.pathway_codes import Attendance, MeasureTimepoint


def _overview() -> Select[Any]:
    of_episode = bindparam("overview_of", type_=Uuid())
    planned = exists().where(hand_over.c.episode_id == episode.c.id, hand_over.c.completed_on.is_(None))
    newest_plan = select(plan.c.agreed_with).where(plan.c.episode_id == episode.c.id)
    voice = select(formulation.c.infant_voice).where(formulation.c.episode_id == episode.c.id)
    return (
        select(
            episode,
            *REFERRAL,
            referral.c.referrer_name,
            referral.c.source_group,
            referral.c.waiting_well_on,
            pauses_of_episode(),
            is_paused().label("is_paused"),
            planned.label("is_hand_over_planned"),
            _lacks_start().label("lacks_start"),
            newest_plan.order_by(plan.c.number.desc()).limit(1).scalar_subquery().label("agreed_with"),
            voice.order_by(formulation.c.number.desc()).limit(1).scalar_subquery().label("infant_voice"),
            _goals().label("goals"),
            _strands().label("strands"),
            _consents().label("consents"),
            _begun_letters().label("begun"),
        )
        .join_from(episode, referral, referral.c.id == episode.c.referral_id)
        .where(episode.c.id == of_episode)
    )


def _lacks_start() -> ColumnElement[bool]:
    reason = exists().where(assessment.c.episode_id == episode.c.id, assessment.c.without_baseline.is_not(None))
    skipped = exists().where(
        measure_skip.c.episode_id == episode.c.id, measure_skip.c.timepoint == MeasureTimepoint.START
    )
    asked_of = episode.c.first_contact_on.is_not(None) & ~is_bereaved(episode.c.family_id)
    return asked_of & episode.c.baseline_on.is_(None) & ~reason & ~skipped


def _goals() -> Any:
    """Id, words and ratings of each that is open."""
    facts = func.jsonb_build_array(goal_rating.c.rated_on, goal_rating.c.rating)
    ratings = select(func.jsonb_agg(aggregate_order_by(facts, goal_rating.c.number)))
    ratings = ratings.where(goal_rating.c.goal_id == goal.c.id)
    told = func.jsonb_build_array(goal.c.id, goal.c.words, ratings.scalar_subquery())
    return (
        select(func.jsonb_agg(aggregate_order_by(told, goal.c.set_on, goal.c.id)))
        .where(goal.c.episode_id == episode.c.id, goal.c.closed_on.is_(None))
        .scalar_subquery()
    )


def _strands() -> Any:
    """Intervention, sessions planned and sessions held of each that goes on."""
    held = select(func.count()).where(contact.c.strand_id == strand.c.id, contact.c.attendance == Attendance.ATTENDED)
    told = func.jsonb_build_array(strand.c.intervention, strand.c.planned_sessions, held.scalar_subquery())
    return (
        select(func.jsonb_agg(aggregate_order_by(told, strand.c.plan_number, strand.c.id)))
        .where(strand.c.episode_id == episode.c.id, strand.c.ended_on.is_(None))
        .scalar_subquery()
    )


def _consents() -> Any:
    return (
        select(func.array_agg(consent.c.scope.distinct()))
        .where(consent.c.family_id == episode.c.family_id, consent.c.withdrawn_on.is_(None))
        .scalar_subquery()
    )


def _begun_letters() -> Any:
    return (
        select(func.array_agg(letter.c.kind.distinct()))
        .where(letter.c.referral_id == episode.c.referral_id, letter.c.discarded_at.is_(None))
        .scalar_subquery()
    )


OVERVIEW = _overview()
"""Asks for `overview_of`, a piece of work, and what the reader knows."""
