"""Whether memory, open files and connections stay as they are, whatever happens and however long it takes."""

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from shared.kernel.postgres import connected
from shared.tenancy.provisioning import operator
from tests.soak.installation import Soaked

MOST_GROWTH = 1.25
SPARE = {"MiB": 10, "files": 10, "connections": 10}
"""What comes and goes between two looks."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Flatness:
    """What was taken at each look, by whom and of what."""

    looks: list[dict[str, int]] = field(default_factory=list[dict[str, int]])

    async def look(self, soaked: Soaked) -> None:
        """Between two faults, when all is well."""
        taken: dict[str, int] = {}
        for name, service in soaked.services.items():
            with contextlib.suppress(OSError):
                process = Path("/proc", str(service.processes[0].pid))
                taken[f"{name}: MiB"] = int((process / "statm").read_text("ascii").split()[1]) * _PAGE // 2**20
                taken[f"{name}: files"] = len([*(process / "fd").iterdir()])
        async with connected(soaked.servers.postgres_admin_url) as connection:
            rows = await connection.fetch(
                "SELECT datname, count(*) AS n FROM pg_stat_activity WHERE datname LIKE 'pairs%' GROUP BY datname"
            )
        taken |= {f"{row['datname']}: connections": row["n"] for row in rows}
        async with operator(soaked.servers.admin_urls) as redis:
            taken["Redis: connections"] = (await redis.info("clients"))["connected_clients"]
        self.looks.append(taken)

    def grown(self) -> list[str]:
        """What took more in the last third of the looks than ever before; nothing of fewer than six."""
        third = len(self.looks) // 3
        if third < 2:
            return []
        before, last = _most(self.looks[:-third]), _most(self.looks[-third:])
        return [
            f"{what}: {before[what]}, then {most}"
            for what, most in last.items()
            if what in before and most > before[what] * MOST_GROWTH + SPARE[what.rpartition(" ")[2]]
        ]

    def summary(self) -> dict[str, list[int]]:
        """All together, at the first look and at the last."""
        kinds = SPARE if self.looks else {}
        ends = (self.looks[0], self.looks[-1]) if self.looks else ()
        return {kind: [sum(n for what, n in end.items() if what.endswith(kind)) for end in ends] for kind in kinds}


def _most(looks: list[dict[str, int]]) -> dict[str, int]:
    return {what: max(look.get(what, 0) for look in looks) for look in looks for what in look}
