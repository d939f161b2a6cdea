"""A region that has heard of a team for longer than a day: what it lacks by now is not only still being read."""

HEARD_LONG_AGO = """
INSERT INTO checkpoint (stream, team, service) VALUES ('heard', 'preston', 'referral');
INSERT INTO event_log (stream, position, epoch, team, event_id, subject, type, body, occurred_at, received_at)
VALUES ('heard', 1, 1, 'preston', gen_random_uuid(), 'one', 'referral_received', '{}', '2024-01-01', '2024-01-01');
"""
