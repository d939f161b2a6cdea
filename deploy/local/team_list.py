"""Which teams a state folder has, from one `pairs up` to the next: the file `teams.json`."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class KnownTeam:
    """One team of this folder."""

    team: str
    """Slug."""
    demonstration: bool
    """Its families are invented: it is given a history, and keeps living."""
    loaded: bool = False
    """The history is complete. One that is not was killed half way, before anyone could see it."""


class TeamList:
    """The teams, in the order in which they came."""

    def __init__(self, state: Path) -> None:
        self._path = state / "teams.json"

    @property
    def is_new(self) -> bool:
        """Nothing was ever kept here."""
        return not self._path.exists()

    def all(self) -> list[KnownTeam]:
        if self.is_new:
            return []
        return [KnownTeam(**entry) for entry in json.loads(self._path.read_text(encoding="ascii"))]

    def put(self, team: KnownTeam) -> None:
        """Add the team, or change what is known of it."""
        teams = {known.team: known for known in self.all()} | {team.team: team}
        self._write(list(teams.values()))

    def remove(self, slug: str) -> None:
        self._write([known for known in self.all() if known.team != slug])

    def _write(self, teams: list[KnownTeam]) -> None:
        draft = self._path.with_name(".teams.json")
        draft.write_text(json.dumps([asdict(team) for team in teams], indent=2) + "\n", encoding="ascii")
        draft.replace(self._path)
