"""The demonstration's provider beside the services of `pairs up`."""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from deploy.local.kept_process import KeptProcess
from deploy.local.process_record import ProcessRecord
from deploy.local.servers import CannotStart
from deploy.local.service_environment import Ports, SignInSettings, url_at, without_settings
from deploy.sign_in.organisation import MAPPING, REGION, Organisations, SignInPlace, organisation_of
from shared.tenancy.secret_folder import SecretFolder

_READY_SECONDS = 30.0
_NAME = "sign-in"


class RunningSignIn:
    """From `start` to `stop`. Its address stays, as far as nobody else has its port: accounts are known by it."""

    def __init__(self, state: Path, secrets: SecretFolder, ports: Ports) -> None:
        self._folder = state / "sign-in"
        self._organisations = Organisations(self._folder)
        self._secrets = secrets
        self._port = ports.sign_in()
        self._process: KeptProcess | None = None

    def settings_of(self, team: str | None) -> SignInSettings:
        """What each service of the team is told, or of the region."""
        name = team or REGION
        return SignInSettings(f"{url_at(self._port)}/{name}", name, self._secret(name), MAPPING)

    def put(self, team: str | None, urls: Sequence[str]) -> None:
        """From now on people sign in to the services that are there."""
        places = [SignInPlace(url) for url in urls]
        self._organisations.put(organisation_of(team, self._secret(team or REGION), places))

    async def start(self, record: ProcessRecord, log: Path, say: Callable[[str], None]) -> None:
        """Raises CannotStart when it does not answer after half a minute."""
        words = ("deploy.sign_in", str(self._folder), url_at(self._port), str(self._port))
        environment = without_settings(os.environ)
        self._process = KeptProcess(name=_NAME, words=words, environment=environment, log=log, record=record, say=say)
        await self._process.start()
        end = time.monotonic() + _READY_SECONDS
        while not await self._listens():
            self._process.check_first_start()
            if time.monotonic() > end:
                raise CannotStart("not_ready", f"The sign-in does not answer after half a minute. Its log: {log}")
            await asyncio.sleep(0.05)

    def row(self) -> dict[str, Any]:
        """For the doctor to ask: it has one port, and says there whether it is ready."""
        return {"name": _NAME, "private_port": self._port}

    async def stop(self) -> None:
        if self._process:
            await self._process.stop()

    def _secret(self, name: str) -> str:
        return self._secrets.secret(f"{name}.sign-in")

    async def _listens(self) -> bool:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            writer.close()
            return True
        return False
