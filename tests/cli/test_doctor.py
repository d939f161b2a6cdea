"""What the doctor says when a server goes away while it looks."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from shared.cli import doctor
from shared.cli.finding import Finding, Scope
from shared.tenancy.admin import AdminUrls


async def test_a_server_that_goes_away_meanwhile_is_named_beside_what_was_found_before(
    servers: AdminUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def finds_two(_: AdminUrls, __: Scope) -> AsyncGenerator[Finding]:
        yield Finding("one", well=True, detail="")
        yield Finding("other", well=False, detail="")
        raise ConnectionResetError

    monkeypatch.setattr(doctor, "_registry", finds_two)

    found = await doctor.examine(servers, tmp_path)

    assert [one.check for one in found][-3:] == ["one", "other", "PostgreSQL or Redis"]
    assert found[-1].detail == "does not answer any more (ConnectionResetError): not all was looked at"
