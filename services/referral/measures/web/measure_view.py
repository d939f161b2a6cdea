"""A family's measures as the pages show them: one line for each scale of each series, with its change and its chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.referral.measures.domain.measure import MeasureDefinition, Respondent, Scale
from services.referral.measures.domain.measure_change import Change
from services.referral.measures.domain.measure_pair import Pair, Series, Taken, pair, paired_changes
from services.referral.measures.domain.scoring import ScaleScore, compared_scales
from services.referral.measures.queries.family_measures import AdministrationLine, FamilyMeasures, RatedGoal
from services.referral.measures.web.measure_words import about_words, change_words, score_words
from services.referral.measures.web.score_chart import ScoreChart, ScorePoint, score_chart
from services.referral.people.queries.family_banner import FamilyBanner
from shared.contracts.pathway_codes import ChangeClass
from shared.web.charts import Chart

Measures = Mapping[str, MeasureDefinition]
GOALS = "GBO"


@dataclass(frozen=True)
class MeasureLine:
    """One scale of one series, or one goal."""

    code: str
    name: str
    """Of the measure, and of the scale where it has several."""
    about: str
    person_id: UUID | None
    baby_id: UUID | None
    latest: str
    band: str
    change: str
    change_class: ChangeClass | None
    address: str
    """Of the page that shows the latest, after the family's own."""
    chart: Chart | None
    is_first_scale: bool


def measure_lines(found: FamilyMeasures, measures: Measures, banner: FamilyBanner) -> list[MeasureLine]:
    """By the person and the measure; goals come last."""
    lines: list[MeasureLine] = []
    for those in series_of(found.administrations).values():
        lines += series_lines(those, measures.get(those[0].code), banner)
    lines.sort(key=lambda line: line.about)
    return lines + [_goal_line(goal, measures[GOALS]) for goal in found.goals if GOALS in measures]


def series_of(administrations: Sequence[AdministrationLine]) -> dict[Series, list[AdministrationLine]]:
    """Each series, the oldest first."""
    found: dict[Series, list[AdministrationLine]] = {}
    for line in administrations:
        found.setdefault(line.taken.series, []).append(line)
    return found


def series_lines(
    those: Sequence[AdministrationLine], present: MeasureDefinition | None, banner: FamilyBanner
) -> list[MeasureLine]:
    """One for each scale; of a measure without a scale, or of a version no longer in use, what was stored.

    Args:
        present: the measure as the team uses it now.
    """
    latest = those[-1]
    name = present.name if present else latest.code
    definition = same_version(present, latest)
    pairs, changes = _compared([one for one in those if one.episode_id == latest.episode_id], definition)
    lines: list[MeasureLine] = []
    for place, score in enumerate(latest.score.scales or (_DONE,)):
        scale = _scale(definition, score.scale)
        scored = [one for one in those if score.scale in one.taken.values]
        words = change_words(pairs.get(score.scale), changes.get(score.scale), len(scored)) if scale else ""
        found = changes.get(score.scale)
        lines.append(
            MeasureLine(
                code=latest.code,
                name=f"{name}: {scale.name}" if scale and len(latest.score.scales) > 1 else name,
                about=about_words(latest, banner),
                person_id=latest.taken.series.person_id,
                baby_id=latest.taken.series.baby_id,
                latest="Done" if score is _DONE else score_words(score),
                band=score.band,
                change=words,
                change_class=found.change_class if found else None,
                address=f"/measures/{latest.id}",
                chart=_chart(scale, scored, pairs.get(score.scale), words, banner) if scale and scored else None,
                is_first_scale=place == 0,
            )
        )
    return lines


def same_version(present: MeasureDefinition | None, line: AdministrationLine) -> MeasureDefinition | None:
    """The definition that a score was made with; None when the team uses another version now."""
    return present if present and present.version == line.score.version else None


_DONE = ScaleScore("", None, None, "", None, ())


def _scale(definition: MeasureDefinition | None, code: str) -> Scale | None:
    return definition.scale(code) if definition else None


def _compared(
    those: Sequence[AdministrationLine], definition: MeasureDefinition | None
) -> tuple[dict[str, Pair], dict[str, Change]]:
    pairs = pair(one.taken for one in those)
    return {one.scale: one for one in pairs}, paired_changes(definition, pairs) if definition else {}


def _chart(
    scale: Scale, scored: Sequence[AdministrationLine], pair: Pair | None, words: str, banner: FamilyBanner
) -> Chart:
    newest = [one for one in scored if one.episode_id == scored[-1].episode_id]
    first = pair.first.values[scale.code] if pair else newest[0].taken.values[scale.code]
    latest = scored[-1]
    title = f"{latest.code.replace('_', '-')} {scale.name}: {about_words(latest, banner)}"
    about = ScoreChart(f"score-{latest.id}-{scale.code}", title, scale, latest.taken.series.variant, first)
    points = [
        ScorePoint(
            one.taken.on,
            one.taken.values[scale.code],
            one.timepoint.label,
            (found.band if (found := one.score.scale(scale.code)) else ""),
            one.recorded_by_name,
        )
        for one in scored
    ]
    return score_chart(about, points, words)


def _goal_line(goal: RatedGoal, definition: MeasureDefinition) -> MeasureLine:
    """Each goal is compared by itself; one that went backwards is never averaged away."""
    code = str(goal.goal_id)
    series = Series(GOALS, definition.version, "", Respondent.CAREGIVER, goal.goal_id, None)
    taken = [Taken(goal.goal_id, series, on, {code: Decimal(rating)}) for on, rating, _ in goal.ratings]
    pairs = pair(taken)
    (scale,) = compared_scales(definition, [code])
    change = paired_changes(definition, pairs).get(code)
    words = change_words(pairs[0] if pairs else None, change, len(taken))
    points = [ScorePoint(on, Decimal(rating), "Goal", "", by) for on, rating, by in goal.ratings]
    first = points[0].value
    return MeasureLine(
        code=GOALS,
        name=definition.name,
        about=f"Goal: {goal.words}",
        person_id=None,
        baby_id=None,
        latest=f"{points[-1].value:f} of {scale.highest:f}",
        band="",
        change=words,
        change_class=change.change_class if change else None,
        address="/plan",
        chart=score_chart(ScoreChart(f"goal-{goal.goal_id}", f"Goal: {goal.words}", scale, "", first), points, words),
        is_first_scale=True,
    )
