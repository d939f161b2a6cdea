"""Scores, changes and answers of measures in words."""

from uuid import UUID

from services.referral.measures.domain.measure import Item, MeasureDefinition
from services.referral.measures.domain.measure_change import Change
from services.referral.measures.domain.measure_pair import DAYS_APART, Pair
from services.referral.measures.domain.scoring import NOT_APPLICABLE, ScaleScore
from services.referral.measures.queries.family_measures import AdministrationLine
from services.referral.people.queries.family_banner import FamilyBanner
from shared.kernel.calendar import date_words

NOT_LISTED = "Someone who is no longer listed"


def score_words(score: ScaleScore) -> str:
    """`12`, or why there is none."""
    if score.value is None:
        return f"No score: {score.unscored.inside}" if score.unscored else "No score"
    counted = f", with {len(score.missing)} missing" if score.is_prorated else ""
    raw = f" (raw {score.raw:f})" if score.raw is not None and score.raw != score.value else ""
    return f"{score.value:f}{raw}{counted}"


def change_words(pair: Pair | None, change: Change | None, scored: int) -> str:
    """What became of the first score of the episode.

    Args:
        scored: how many scores there are.
    """
    if pair is None or change is None:
        if scored < 2:
            return "No change yet: there is one score." if scored else "No change yet: there is no score."
        return f"No change yet: the scores are less than {DAYS_APART.days} days apart."
    since = f"From {change.first:f} to {change.last:f} since {date_words(pair.first.on)}"
    if change.change_class is None:
        return f"{since}: {change.movement.inside}. How many points are reliable is not known."
    crossed = ", but it has left the clinical range" if change.crossed_without_reliable_change else ""
    return f"{since}: {change.change_class.inside}{crossed}."


def about_words(line: AdministrationLine, banner: FamilyBanner) -> str:
    """Whom one time of a measure is about."""
    return people_words(line.taken.series.person_id, line.taken.series.baby_id, banner)


def people_words(person_id: UUID, baby_id: UUID | None, banner: FamilyBanner) -> str:
    """`Leonie Example with Shannon Example`."""
    names = {member.person_id: member.shown_name for member in banner.members}
    carer = names.get(person_id, NOT_LISTED)
    return f"{carer} with {names.get(baby_id, NOT_LISTED)}" if baby_id else carer


def leaving_out_words(definition: MeasureDefinition) -> str:
    """What becomes of the score when someone leaves out an answer, for whoever answers."""
    if definition.may_be_left_out:
        return f"You may leave out up to {definition.may_be_left_out}; with more left out there is no score."
    return "If you leave one out, there is no score, so answer all of them if you can."


def answer_words(item: Item, answer: object) -> str:
    """An answer as the form words it, where the pack has the words."""
    if answer is None:
        return "Left out"
    if answer == NOT_APPLICABLE:
        return item.not_applicable.label if item.not_applicable else "Does not apply"
    place = int(str(answer)) - item.lowest
    return item.options[place] if 0 <= place < len(item.options) else str(answer)
