"""Which of a provider's claims give which role here: a file, because each organisation has words of its own.

    {"ask": "your team lead",
     "rules": [{"claim": "roles", "value": "pairs-team-lead", "role": "team_lead"}]}

docs/identity.md has one for each kind of provider. It is read when the process starts: a role that is not one of ours,
or a word that is no setting, stops it with a sentence. Roles are read at sign-in only, and a session lasts 12 hours.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from shared.contracts.slug import Slug
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Refusal
from shared.kernel.settings import WrongSettings


def _parts(given: object) -> object:
    return given.split(".") if isinstance(given, str) else given


ClaimPath = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_parts), Field(min_length=1)]
"""`realm_access.roles`; a list of names where one has a dot in it. What is on the way may be a list of objects."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SameAs(_Strict):
    """The value of another claim."""

    claim: ClaimPath


class Rule(_Strict):
    """One claim with one value gives one role."""

    claim: ClaimPath
    value: str = Field(min_length=1)
    role: Role
    where: dict[str, str | SameAs] = Field(default_factory=dict[str, str | SameAs])
    """What stands beside the claim's last part, in the same object, must have these values too."""
    localities: tuple[Slug, ...] = ()
    """Of a locality lead: which teams they see. Of several rules that hold, the one that names the most counts."""

    @model_validator(mode="after")
    def _has_localities(self) -> "Rule":
        if (self.role is Role.LOCALITY_LEAD) != bool(self.localities):
            raise ValueError("a locality lead has localities, and nobody else has")
        return self


class RoleMapping(_Strict):
    """The file."""

    rules: tuple[Rule, ...] = Field(min_length=1)
    ask: str = Field(default="the people who run this service", min_length=3, max_length=200)
    """Whom somebody asks who has no role here."""
    scopes: str = Field(default="openid profile", pattern=r"^openid( [!-~]+)*$")
    userinfo: bool = False
    """Whether claims are asked for at the provider's userinfo endpoint too."""
    subject: str = Field(default="sub", min_length=1)
    """The claim that is the same for a person in each of the team's services. Entra's `sub` is another one for each
    client: `oid`."""
    name: str = Field(default="name", min_length=1)
    acr: tuple[str, ...] = ()
    """How somebody must have proved who they are: one of these must come back in the ID token. None: as they like."""

    def roles(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        """Raises TooManyGroups when the provider left out what a rule looks at."""
        given = frozenset(rule.role for rule in self.rules if _holds(rule, claims))
        if not given and _is_left_out(self.rules, claims):
            raise TooManyGroups
        return given

    def localities(self, claims: Mapping[str, Any]) -> frozenset[str]:
        """Those of the rule that names the most, of those that hold: nobody sees more than one rule says.

        How much of the region a lead may see beside their own follows from the largest rule (`Reach`).
        """
        given = [rule.localities for rule in self.rules if _holds(rule, claims)]
        return frozenset(max(given, key=len, default=()))


class TooManyGroups(Refusal):
    """The account is in so many groups that the provider does not name them: none is not the same as empty."""

    def __init__(self) -> None:
        super().__init__(
            "too_many_groups",
            "Your account is in more groups than your organisation’s sign-in can tell us, so we cannot see what you "
            "may do here. Your organisation’s IT team can give app roles for PAIRS in place of groups.",
        )


def read_mapping(path: Path) -> RoleMapping:
    """Raises WrongSettings with a sentence that says what is wrong in it, and where."""
    try:
        return RoleMapping.model_validate_json(path.read_bytes())
    except OSError:
        raise WrongSettings("PAIRS_OPENID_MAPPING names a file that cannot be read") from None
    except ValidationError as wrong:
        raise WrongSettings("; ".join(_sentence(item["loc"], item["msg"]) for item in wrong.errors())) from None


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    return f"PAIRS_OPENID_MAPPING: {'.'.join(str(part) for part in location) or 'the file'}: {message}"


@dataclass(frozen=True)
class _Found:
    """An object in which the claim's last part may stand."""

    content: Mapping[str, Any]


def _holds(rule: Rule, claims: Mapping[str, Any]) -> bool:
    *way, last = rule.claim
    return any(
        rule.value in _several(found.content.get(last)) and _fits(rule.where, found.content, claims)
        for found in _objects(claims, way)
    )


def _fits(where: Mapping[str, str | SameAs], beside: Mapping[str, Any], claims: Mapping[str, Any]) -> bool:
    for name, wanted in where.items():
        values = {wanted} if isinstance(wanted, str) else _values(claims, wanted.claim)
        if not values & _several(beside.get(name)):
            return False
    return True


def _values(claims: Mapping[str, Any], path: ClaimPath) -> set[str]:
    *way, last = path
    return {value for found in _objects(claims, way) for value in _several(found.content.get(last))}


def _objects(content: Any, way: Sequence[str]) -> Iterator[_Found]:
    for one in content if isinstance(content, list) else [content]:  # pyright: ignore[reportUnknownVariableType]
        if not isinstance(one, Mapping):
            continue
        if not way:
            yield _Found(one)  # pyright: ignore[reportUnknownArgumentType]
        else:
            yield from _objects(one.get(way[0]), way[1:])  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def _several(value: Any) -> set[str]:
    """One text, or those of a list; what is neither is no value."""
    given: list[Any] = value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]
    return {one for one in given if isinstance(one, str)}


def _is_left_out(rules: Sequence[Rule], claims: Mapping[str, Any]) -> bool:
    """Entra ID names at most 200 groups in a token; of more it says only that there are some.

    Source: Microsoft identity platform, "Groups overage claim".
    """
    elsewhere = claims.get("_claim_names")
    named = elsewhere if isinstance(elsewhere, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]
    has_groups = claims.get("hasgroups") in (True, "true")
    return any(rule.claim[0] in named or (rule.claim[0] == "groups" and has_groups) for rule in rules)
