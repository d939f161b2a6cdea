"""What an operator does about other systems on the command line."""

import asyncio
import json
import os
import sys
from typing import Any

from tests.referral.a_team import ATeam


async def client(team: ATeam, *words: str) -> tuple[int | None, Any, str]:
    """Exit code, what it printed, and what it said is wrong."""
    url = team.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.referral.app", "client", *words, "--json"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PAIRS_DATABASE_URL": url},
    )
    out, said = await process.communicate()
    return process.returncode, json.loads(out) if out else None, said.decode()


async def test_a_system_is_registered_listed_and_ended_and_its_name_is_free_again(team: ATeam) -> None:
    nobody = await client(team)
    _, [credentials], _ = await client(team, "royal-neonatal", "--may-read")
    _, [listed], _ = await client(team)
    _, [renewed], _ = await client(team, "royal-neonatal", "--secret", "new")
    code, [ended], _ = await client(team, "royal-neonatal", "--revoke")
    again = await client(team, "royal-neonatal", "--revoke")
    await client(team, "royal-neonatal")
    _, all_of_them, _ = await client(team)

    assert nobody == (0, [], "")
    assert (listed["client_id"], listed["may_read"], listed["revoked_at"]) == (credentials["client_id"], True, None)
    assert renewed["client_id"] == credentials["client_id"]
    assert renewed["secret"] != credentials["secret"]
    assert (listed["secrets"], listed["expires_at"], listed["last_used_at"]) == (1, credentials["expires_at"], None)
    assert (code, ended["client_id"]) == (0, credentials["client_id"])
    assert (again[0], again[2]) == (
        1,
        "No system of this name has access. Look at the list: leave out the name.\n",
    )
    assert [bool(line["revoked_at"]) for line in all_of_them] == [False, True]
    assert ("api_client.revoke", all_of_them[1]["client_id"]) in [
        (action, str(subject)) for action, subject in await team.audited()
    ]
