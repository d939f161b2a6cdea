"""The name of a team (or of a service) in keys, roles, host names and cookies."""

import re
from typing import Annotated

from pydantic import StringConstraints

SLUG_PATTERN = r"^[a-z][a-z0-9-]{1,30}$"
"""Any other character would be a glob in a Redis ACL, or a quote in SQL. Checked wherever a slug comes in."""

LONGEST_SLUG = 31

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN)]

_IN_A_KEY = frozenset({"region", "registry", "postgres", "default", "operator", "reporting"})
_OF_A_HOST = frozenset({"www", "api", "auth", "id", "mail", "static", "status", "metrics", "admin", "gateway"})
RESERVED = _IN_A_KEY | _OF_A_HOST
"""Names that a team may not take, because they mean something else in a key, in a role or as a host."""

_SMALL_WORDS = frozenset({"and", "with", "of", "the", "upon", "on", "in"})


def is_slug(text: str) -> bool:
    return re.fullmatch(SLUG_PATTERN, text) is not None


def locality_name(slug: str) -> str:
    """`blackburn-with-darwen` as people write it: Blackburn with Darwen."""
    words = [word if word in _SMALL_WORDS else word.capitalize() for word in slug.split("-")]
    return " ".join(words)
