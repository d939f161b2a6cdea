"""What a service's database, roles and Redis user are called. Checked here: they become part of SQL and ACLs."""

from shared.contracts.slug import RESERVED, is_slug
from shared.kernel.errors import RuleBroken

_LONGEST = 63 - len("_owner")
"""PostgreSQL cuts longer names off, and two teams would share one."""


class NotAName(RuleBroken):
    """A team or a service cannot be called so."""


def database_name(team: str | None, service: str) -> str:
    """`pairs_<team>_<service>`, or `pairs_<service>` for a service of the region. Its app role has the same name.

    Two different services never get the same name: a slug has no underscore, and a service's has no hyphen.

    Raises:
        NotAName: a slug is malformed, reserved or too long.
    """
    check(team, service)
    name = f"pairs_{team.replace('-', '_')}_{service}" if team else f"pairs_{service}"
    if len(name) > _LONGEST:
        raise NotAName("name_too_long", f"Choose a shorter name for the team: {name} has more than {_LONGEST} letters.")
    return name


def owner_role(database: str) -> str:
    """The role that owns the tables and that nobody can sign in as."""
    return f"{database}_owner"


def redis_user(team: str | None, service: str) -> str:
    """`<team>.<service>`, or `<service>` for a service of the region. Raises NotAName."""
    check(team, service)
    return f"{team}.{service}" if team else service


def check(team: str | None, service: str) -> None:
    """Raises NotAName when one of the two is malformed or reserved."""
    if team is not None:
        check_team(team)
    if not is_slug(service) or "-" in service:
        raise NotAName("service_name", "A service's name is 2 to 31 small letters and digits, beginning with a letter.")


def check_team(team: str) -> None:
    """Raises NotAName when a team cannot be called so."""
    if not is_slug(team) or "--" in team or team.endswith("-"):  # two hyphens part a team from its service in a host
        raise NotAName(
            "team_slug", "A team's slug is 2 to 31 small letters, digits and single hyphens, beginning with a letter."
        )
    if team in RESERVED:
        raise NotAName("team_slug_reserved", f"No team can be called {team}: choose another slug.")
