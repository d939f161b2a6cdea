"""What an assessor asks of a team (DSPT, DTAC): each line is looked up now, and says when it was last so.

    python -m deploy.compose.evidence blackpool [--json]     < what Docker knows, a JSON object a line

`deploy/team evidence` runs it. It names staff, who may sign in, and no family: it is for whoever answers the assessor.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.backup.age import Recipient
from deploy.backup.kit import RECIPIENT
from deploy.backup.shelf import moment_of
from deploy.compose.ended import ended
from shared.audit.trail import first_tampered_entry
from shared.database.migrations import current
from shared.discovery import of_team
from shared.kernel.clock import machine_clock
from shared.kernel.postgres import Connection, connected
from shared.kernel.settings import variable
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name, redis_user

SECRETS = Path("/secrets")
_PEOPLE = """
    SELECT account.name, account.issuer, first_sign_in_at, last_sign_in_at,
           (SELECT roles FROM web_session WHERE actor_id = account.id ORDER BY created_at DESC LIMIT 1) AS roles
    FROM account ORDER BY last_sign_in_at DESC
"""
_SYSTEMS = """
    SELECT client.name, client.revoked_at, max(secret.expires_at) AS expires_at
    FROM api_client AS client LEFT JOIN api_secret AS secret ON secret.client_id = client.id
    GROUP BY client.id ORDER BY client.name
"""


async def evidence(team: str, told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All of it. Raises what the server raises when it does not answer."""
    services = {}
    for service in (one.name for one in of_team()):
        url = url_of(variable("postgres_admin_url") or "", database=database_name(team, service))
        async with connected(url) as connection:
            services[service] = {"revision": await current(url), **await _of_a_service(connection)}
    [backup] = [one["backup"] for one in told if "backup" in one]
    [probe] = [one for one in told if "probe" in one]
    [rehearsed] = [one["rehearsed"] for one in told if "rehearsed" in one]
    return {
        "team": team,
        "at": machine_clock().isoformat(timespec="seconds"),
        "containers": [one for one in told if "container" in one],
        "services": services,
        "backup": backup,
        "restore_rehearsed_at": moment_of(rehearsed) if rehearsed else None,
        "backups_open_with_key": Recipient(RECIPIENT.read_text(encoding="ascii")).key_id,
        "isolation": probe,
        "passwords_since": _passwords(team),
    }


async def _of_a_service(connection: Connection) -> dict[str, Any]:
    tampered = await first_tampered_entry(connection)
    has_systems = await connection.fetchval("SELECT to_regclass('api_client') IS NOT NULL")
    return {
        "audit_entries": await connection.fetchval("SELECT number FROM audit_head"),
        "audit_trail": "whole" if tampered is None else f"entry {tampered} was tampered with",
        "people": [dict(row) for row in await connection.fetch(_PEOPLE)],
        "systems": [dict(row) for row in await connection.fetch(_SYSTEMS)] if has_systems else [],
    }


def _passwords(team: str) -> dict[str, str]:
    """When each was made or renewed."""
    paths = [SECRETS / "made" / "postgres", SECRETS / "backup" / "pgpass", RECIPIENT]
    paths += [SECRETS / redis_user(team, one.name) / name for one in of_team() for name in ("pgpass", "redis-url")]
    return {
        str(path.relative_to(SECRETS)): datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
        for path in paths
        if path.exists()
    }


def sentences(found: Mapping[str, Any]) -> list[str]:
    """For people to read. Pure."""
    lines = [f"{found['team']}, on {found['at']}", "", "What runs"]
    for one in found["containers"]:
        closed = (
            f"{'read-only' if one['read_only'] else 'WRITABLE'}, {'PUBLISHED' if one['published'] else 'not published'}"
        )
        lines.append(f"  {one['container'][1:]}: {one['image']} {one['digest']}, since {one['started'][:19]}, {closed}")
    lines += [
        "",
        "Backups",
        *_of_backups(found["backup"], found["restore_rehearsed_at"]),
        f"  open with the kit of key {found['backups_open_with_key']}",
    ]
    lines += ["", "Isolation from other teams, tried now", f"  {found['isolation']['probe']}"]
    for name, service in found["services"].items():
        lines += [
            "",
            f"{name}: tables {service['revision']}",
            f"  audit trail of {service['audit_entries']} entries: {service['audit_trail']}",
        ]
        lines += [
            f"  {one['name']} ({', '.join(one['roles'] or ['no session kept'])}), by {one['issuer']}: "
            f"first {_day(one['first_sign_in_at'])}, last {_day(one['last_sign_in_at'])}"
            for one in service["people"]
        ] or ["  nobody has signed in"]
        for one in service["systems"]:
            until = (
                f"ended {_day(one['revoked_at'])}"
                if one["revoked_at"]
                else f"its secret ends {_day(one['expires_at'])}"
            )
            lines.append(f"  system {one['name']}: {until}")
    lines += ["", "Passwords since", *(f"  {name}: {at}" for name, at in found["passwords_since"].items())]
    return lines


def _of_backups(backup: Mapping[str, Any] | None, rehearsed: datetime | None) -> list[str]:
    if backup is None:
        return ["  NOT KNOWN: what ships them does not answer"]
    age = backup["base_seconds"]
    lines = [f"  last copy of everything: {'never' if age is None else f'{age // 3600} hours ago'}"]
    lines.append(f"  last restore that was rehearsed: {f'{rehearsed:%Y-%m-%d %H:%M}' if rehearsed else 'never'}")
    return lines + [f"  ALARM: {alarm}" for alarm in backup["alarms"]]


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"


async def main() -> int:
    """1 when something of it is no good evidence: an account was let in, an alarm, an audit trail that is not whole."""
    told = [json.loads(line) for line in sys.stdin if line.strip()]
    found = await evidence(sys.argv[1], told)
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(found, indent=2, default=str) + "\n")
    else:
        sys.stdout.write("\n".join(sentences(found)) + "\n")
    backup = found["backup"]
    trails = {service["audit_trail"] for service in found["services"].values()}
    return 0 if found["isolation"]["refused"] and backup and not backup["alarms"] and trails == {"whole"} else 1


if __name__ == "__main__":
    ended(main())
