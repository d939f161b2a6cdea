"""How many families there were on days that are past, from dated records: by one statement for all of the days.

Only what is on record of a person has no date, so how complete it is, is asked of today's records.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession


async def caseload_counts(session: AsyncSession, days: Sequence[date]) -> Sequence[RowMapping]:
    """A row for each of the days, in their order; its columns are named as the fields of CaseloadReckoned."""
    return (await session.execute(_COUNTS, {"days": list(days)})).mappings().all()


_COUNTS = text("""
WITH day AS (SELECT unnest(CAST(:days AS date[])) AS on_day),
wait AS (
    SELECT on_day, on_day - least(
        CAST(referral.received_at AT TIME ZONE 'Europe/London' AS date), referral.earlier_received_on
    ) AS days
    FROM day
    JOIN referral ON CAST(referral.received_at AT TIME ZONE 'Europe/London' AS date) <= on_day
        AND (referral.outcome IS NULL OR referral.decided_on > on_day)
    LEFT JOIN episode ON episode.referral_id = referral.id
    WHERE (episode.first_contact_on IS NULL OR episode.first_contact_on > on_day)
      AND (episode.ended_on IS NULL OR episode.ended_on > on_day)
),
waiting AS (
    SELECT on_day, count(*) AS number, count(*) FILTER (WHERE days > 28) AS over_28, max(days) AS longest
    FROM wait GROUP BY on_day
),
work AS (
    SELECT on_day, episode.id, episode.family_id,
           CASE WHEN tier.risk_support AND NOT tier.direct_work THEN 'risk' ELSE tier.level END AS tier,
           review.due_on < on_day AS is_overdue
    FROM day
    JOIN episode ON episode.opened_on <= on_day AND (episode.ended_on IS NULL OR episode.ended_on > on_day)
    JOIN LATERAL (
        SELECT level, risk_support, direct_work FROM tier_assignment
        WHERE episode_id = episode.id AND effective_from <= on_day ORDER BY number DESC LIMIT 1
    ) AS tier ON tier.level <> 'community'
    LEFT JOIN LATERAL (
        SELECT due_on FROM (
            SELECT effective_from AS set_on, review_on AS due_on FROM tier_assignment
            WHERE episode_id = episode.id AND effective_from <= on_day
            UNION ALL
            SELECT held_on, next_review_on FROM review WHERE episode_id = episode.id AND held_on <= on_day
        ) AS told ORDER BY set_on DESC, due_on DESC LIMIT 1
    ) AS review ON true
),
dad AS (
    SELECT work.on_day, work.id AS episode_id, member.person_id, member.invited_on
    FROM work
    JOIN family_member AS member ON member.family_id = work.family_id AND member.kind = 'carer'
        AND member.from_on <= work.on_day AND (member.until_on IS NULL OR member.until_on > work.on_day)
    JOIN person ON person.id = member.person_id AND NOT person.contact_unsafe
        AND (person.died_on IS NULL OR person.died_on > work.on_day)
    WHERE EXISTS (
        SELECT 1 FROM dyad WHERE dyad.family_id = work.family_id AND dyad.carer_id = member.person_id
            AND dyad.relationship IN ('father', 'parent') AND dyad.involvement IN ('involved', 'partly', 'not_known')
    ) AND NOT EXISTS (
        SELECT 1 FROM dyad WHERE dyad.family_id = work.family_id AND dyad.carer_id = member.person_id
            AND (dyad.relationship = 'birth_parent' OR dyad.involvement = 'unsafe')
    )
),
with_dad AS (
    SELECT dad.on_day, dad.episode_id, bool_or(coalesce(dad.invited_on <= dad.on_day, false)) AS is_invited,
           bool_or(EXISTS (
               SELECT 1 FROM contact JOIN contact_person ON contact_person.contact_id = contact.id
               WHERE contact.episode_id = dad.episode_id AND contact_person.person_id = dad.person_id
                 AND contact.attendance = 'attended' AND contact.held_on <= dad.on_day
           )) AS is_met
    FROM dad GROUP BY dad.on_day, dad.episode_id
),
baby AS (
    SELECT work.on_day, work.id AS episode_id, person.*
    FROM work
    JOIN family_member AS member ON member.family_id = work.family_id AND member.kind = 'baby'
        AND member.from_on <= work.on_day AND (member.until_on IS NULL OR member.until_on > work.on_day)
    JOIN person ON person.id = member.person_id AND person.born_on <= work.on_day
        AND (person.died_on IS NULL OR person.died_on > work.on_day)
),
looked_after AS (
    SELECT baby.on_day, count(DISTINCT baby.episode_id) AS number FROM baby
    JOIN work ON work.id = baby.episode_id AND work.on_day = baby.on_day
    WHERE EXISTS (
        SELECT 1 FROM legal_status WHERE person_id = baby.id AND status <> 'none' AND from_on <= baby.on_day
            AND (until_on IS NULL OR until_on > baby.on_day)
    ) OR EXISTS (
        SELECT 1 FROM safety_flag WHERE safety_flag.family_id = work.family_id
            AND safety_flag.kind IN ('child_protection_plan', 'looked_after') AND safety_flag.from_on <= baby.on_day
            AND (safety_flag.ended_on IS NULL OR safety_flag.ended_on > baby.on_day)
    )
    GROUP BY baby.on_day
),
filled AS (
    SELECT on_day, 5 * count(*) AS required,
           count(nhs_number) + count(gender) + count(ethnicity) + count(postcode) + count(gp_practice) AS complete
    FROM baby GROUP BY on_day
)
SELECT CAST(date_trunc('month', day.on_day) AS date) AS month,
       coalesce(max(waiting.number), 0) AS waiting,
       coalesce(max(waiting.over_28), 0) AS waiting_over_28_days,
       coalesce(max(waiting.longest), 0) AS longest_wait,
       count(*) FILTER (WHERE work.tier = 'universal') AS open_universal,
       count(*) FILTER (WHERE work.tier = 'targeted') AS open_targeted,
       count(*) FILTER (WHERE work.tier = 'specialist') AS open_specialist,
       count(*) FILTER (WHERE work.tier = 'risk') AS open_risk,
       count(*) FILTER (WHERE work.is_overdue) AS reviews_overdue,
       count(with_dad.episode_id) AS with_dad,
       count(*) FILTER (WHERE with_dad.is_invited) AS dads_invited,
       count(*) FILTER (WHERE with_dad.is_met) AS dads_met,
       coalesce(max(looked_after.number), 0) AS looked_after,
       coalesce(max(filled.required), 0) AS fields_required,
       coalesce(max(filled.complete), 0) AS fields_complete
FROM day
LEFT JOIN work USING (on_day)
LEFT JOIN with_dad ON with_dad.on_day = day.on_day AND with_dad.episode_id = work.id
LEFT JOIN waiting ON waiting.on_day = day.on_day
LEFT JOIN looked_after ON looked_after.on_day = day.on_day
LEFT JOIN filled ON filled.on_day = day.on_day
GROUP BY day.on_day ORDER BY day.on_day
""")
