"""The two addresses with which operators (and nobody else) make and remove accounts."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AdminUrls:
    """Superuser addresses; both hold a password and are never shown.

    Args:
        postgres: postgresql://role:password@host:port/postgres
        redis: redis://user:password@host:port/0, a user with all rights
    """

    postgres: str = field(repr=False)
    redis: str = field(repr=False)


@dataclass(frozen=True)
class ServiceAccess:
    """How one service of one team reaches its own database and its own Redis user; never shown.

    Args:
        database_url: postgresql://role:password@host:port/database
        redis_url: redis://user:password@host:port/0
    """

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
