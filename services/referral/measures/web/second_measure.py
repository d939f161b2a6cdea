"""What is on record of a measure that someone may be about to record once more."""

from datetime import date

from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure_request import LinkState
from services.referral.measures.queries.family_measures import AdministrationLine, family_measures
from services.referral.measures.web.measure_place import MeasurePlace
from services.referral.measures.web.measure_words import score_words
from services.referral.people.web.family_page import open_episode_of
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.kernel.calendar import date_words, moment_words
from shared.staff.answer_words import Words
from shared.unit_of_work import UnitOfWork

_ASKS = ("A new start, or a review?", "Scores are compared with the start. For a review, change what you entered.")


async def answered_before(
    work: UnitOfWork, place: MeasurePlace, about: Subject, timepoint: MeasureTimepoint, on: date | None
) -> Words:
    """Of the same people on the same day; or a start of this work, where this would be another."""
    episode = open_episode_of(place.banner)
    for line in (await family_measures(work, place.family_id)).administrations:
        if (line.code, line.subject) != (place.definition.code, place.about(about)):
            continue
        both = {line.timepoint, timepoint} == {MeasureTimepoint.START} and line.episode_id == episode.episode_id
        if both or line.taken.on == on:
            return [*_words(line), *([_ASKS] if both else [])]
    return []


async def link_before(work: UnitOfWork, place: MeasurePlace, about: Subject) -> Words:
    """To the same people; it waits for the answer."""
    for one in (await family_measures(work, place.family_id)).requests:
        is_same = (one.code, one.subject) == (place.definition.code, place.about(about))
        if is_same and one.state(work.now) is LinkState.OPEN:
            return [("A link for", one.timepoint.label), ("Good until", moment_words(one.expires_at))]
    return []


async def skipped_before(work: UnitOfWork, place: MeasurePlace, about: Subject, timepoint: MeasureTimepoint) -> Words:
    """By the same people, at the same point of the work."""
    said = (place.definition.code, place.about(about), timepoint)
    for one in (await family_measures(work, place.family_id)).skips:
        if (one.code, Subject(one.person_id, one.baby_id), one.timepoint) == said:
            return [("When", one.timepoint.label), ("Why", one.reason.label), ("Recorded on", date_words(one.on))]
    return []


def _words(line: AdministrationLine) -> Words:
    scores = [(score.scale.capitalize(), score_words(score)) for score in line.score.scales]
    return [("When", line.timepoint.label), ("Answered on", date_words(line.taken.on)), *scores]
