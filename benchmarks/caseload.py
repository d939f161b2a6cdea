"""A team's whole caseload, made by SQL: families of one baby and two carers, with an episode and its sessions.

Every fifth family was discharged. What makes a list long is spread as in real work: reviews before and after today,
practitioners by turns, one family in forty waiting for its first contact.
"""

from benchmarks.installation import Installation
from shared.kernel.postgres import connected

PRACTITIONERS = 19
"""The first is the practitioner of the demonstration, whom the users sign in as. It divides nothing else below."""


async def fill_caseload(installation: Installation, families: int, *, sessions_each: int) -> None:
    """Begin again with this many families, each with this many sessions."""
    async with connected(installation.admin_of("referral")) as connection:
        await connection.execute(
            "TRUNCATE family, person, referral, episode, colleague, audit, outbox, outbox_waiting, outbox_order CASCADE"
        )
        await connection.execute("UPDATE audit_head SET number = 0, hash = ''")
        for statement in _STATEMENTS:
            await connection.execute(
                statement.replace(":families", str(families))
                .replace(":sessions", str(sessions_each))
                .replace(":practitioners", str(PRACTITIONERS))
            )
        await connection.execute("VACUUM ANALYZE")
    await installation.settle()


_FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.numbered(kind integer, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid $$;
CREATE OR REPLACE FUNCTION pg_temp.practitioner(number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT ('00000000-0000-0000-0000-' || lpad(to_hex(1001 + number % :practitioners * 1000), 12, '0'))::uuid $$;
"""

_COLLEAGUES = """
INSERT INTO colleague (id, name, roles)
SELECT pg_temp.practitioner(n), 'Practitioner ' || n, ARRAY['practitioner']
FROM generate_series(0, :practitioners - 1) n
"""

_FAMILIES = """
INSERT INTO family (id, version, recorded_on) SELECT pg_temp.numbered(1, n), 1, current_date - 400 + n % 390
FROM generate_series(1, :families) n
"""

_PEOPLE = """
INSERT INTO person (id, version, name, name_words, born_on, phone, postcode)
SELECT pg_temp.numbered(2, n * 3 + k), 1, (ARRAY['Shannon', 'Leonie', 'Dan'])[k + 1] || ' Example' || n,
       ARRAY[(ARRAY['shannon', 'leonie', 'dan'])[k + 1], 'example' || n],
       CASE WHEN k = 0 THEN current_date - 30 - n % 600 END,
       CASE WHEN k = 1 THEN '07700900' || lpad((n % 1000)::text, 3, '0') END,
       'FY' || 1 + n % 4 || ' ' || n % 10 || 'ZZ'
FROM generate_series(1, :families) n, generate_series(0, 2) k
"""

_MEMBERS = """
INSERT INTO family_member (family_id, person_id, number, kind, from_on)
SELECT pg_temp.numbered(1, n), pg_temp.numbered(2, n * 3 + k), k + 1, CASE k WHEN 0 THEN 'baby' ELSE 'carer' END,
       current_date - 400
FROM generate_series(1, :families) n, generate_series(0, 2) k
"""

_DYADS = """
INSERT INTO dyad (id, version, family_id, baby_id, carer_id, relationship, involvement, is_primary)
SELECT pg_temp.numbered(3, n * 2 + k), 1, pg_temp.numbered(1, n), pg_temp.numbered(2, n * 3),
       pg_temp.numbered(2, n * 3 + k), CASE k WHEN 1 THEN 'birth_parent' ELSE 'father' END, 'involved', k = 1
FROM generate_series(1, :families) n, generate_series(1, 2) k
"""

_REFERRALS = """
INSERT INTO referral (id, version, idempotency_key, reference, received_at, route, baby_name, name_words, born_on,
    caregiver_name, caregiver_relationship, no_other_caregiver, referrer_name, source_group, referrer_email, postcode,
    reasons, story, consent, in_danger, decided_on, decided_by, episode_id, family_id, urgency)
SELECT pg_temp.numbered(4, n), 2, pg_temp.numbered(4, n), 'BLA-2026-' || lpad(n::text, 6, '0'),
    now() - make_interval(days => 400 - (n % 390)::integer), 'public_form', 'Shannon Example' || n,
    ARRAY['shannon', 'leonie', 'example' || n], current_date - 430,
    'Leonie Example' || n, 'birth_parent', 'none', 'Ola Sample', 'health_visiting',
    'ola@example.org', 'FY1 9ZZ', ARRAY['bonding'], 'A story.', 'agreed', false,
    current_date - 398 + (n % 390)::integer, pg_temp.practitioner(n), pg_temp.numbered(5, n), pg_temp.numbered(1, n),
    'routine'
FROM generate_series(1, :families) n
"""

_EPISODES = """
INSERT INTO episode (id, version, referral_id, family_id, opened_on, level, risk_support, direct_work, support_from,
    review_on, lead_id, ended_on, ending)
SELECT pg_temp.numbered(5, n), 1, pg_temp.numbered(4, n), pg_temp.numbered(1, n),
    current_date - 398 + (n % 390)::integer, CASE WHEN n % 5 = 0 THEN 'community' WHEN n % 3 = 0 THEN 'specialist'
    ELSE 'targeted' END, false, n % 5 <> 0, current_date - 398 + (n % 390)::integer,
    CASE WHEN n % 5 <> 0 THEN current_date - 10 + (n % 90)::integer END, pg_temp.practitioner(n),
    CASE WHEN n % 5 = 0 THEN current_date END, CASE WHEN n % 5 = 0 THEN 'completed' END
FROM generate_series(1, :families) n
"""

_TIERS = """
INSERT INTO tier_assignment (episode_id, number, level, risk_support, direct_work, effective_from, review_on, note,
    decided_by, decided_at)
SELECT id, 1, level, false, direct_work, support_from, review_on, '', pg_temp.practitioner(0), now() FROM episode
"""

_CONTACTS = """
INSERT INTO contact (id, version, family_id, episode_id, practitioner_id, held_on, kind, attendance, mode, venue,
    minutes, note, infant_voice, recorded_at)
SELECT pg_temp.numbered(6, n::bigint * 1000 + s), 1, pg_temp.numbered(1, n), pg_temp.numbered(5, n),
    pg_temp.practitioner(n), current_date - 7 * s, 'session',
    CASE WHEN s % 10 = 0 THEN 'was_not_brought' ELSE 'attended' END, 'face_to_face', 'home',
    CASE WHEN s % 10 <> 0 THEN 60 END, 'We watched how Shannon turns to her mother.', 'She turned her head.', now()
FROM generate_series(1, :families) n, generate_series(1, :sessions) s WHERE n % 40 <> 1
"""

_PRESENT = """
INSERT INTO contact_person (contact_id, person_id)
SELECT pg_temp.numbered(6, n::bigint * 1000 + s), pg_temp.numbered(2, n * 3 + k)
FROM generate_series(1, :families) n, generate_series(1, :sessions) s, generate_series(0, 1) k WHERE n % 40 <> 1
"""

_MILESTONES = """
UPDATE episode SET first_contact_on = held.first_on, last_contact_on = held.last_on, contacts_attended = held.number,
    assessed_on = held.first_on, baseline_on = held.first_on, plan_agreed_on = held.first_on,
    intervention_started_on = held.first_on
FROM (SELECT episode_id, min(held_on) AS first_on, max(held_on) AS last_on, count(*) AS number
      FROM contact WHERE attendance = 'attended' GROUP BY episode_id) AS held
WHERE held.episode_id = episode.id
"""

_STATEMENTS = (
    _FUNCTIONS,
    _COLLEAGUES,
    _FAMILIES,
    _PEOPLE,
    _MEMBERS,
    _DYADS,
    "SET session_replication_role = replica",
    _REFERRALS,
    _EPISODES,
    _TIERS,
    _CONTACTS,
    _PRESENT,
    "SET session_replication_role = DEFAULT",
    _MILESTONES,
)
"""Foreign keys are switched off for the load: each row's partner is made beside it."""
