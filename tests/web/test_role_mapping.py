"""Which claims give which role: the shapes that Entra ID, Keycloak and NHS CIS2 send, and files that are wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from shared.contracts.vocabulary import Role
from shared.kernel.settings import WrongSettings
from shared.web.openid.role_mapping import RoleMapping, TooManyGroups, read_mapping

CIS2_RULE = {
    "claim": "nhsid_nrbac_roles.role_code",
    "value": "S8000:G8000:R8001",
    "where": {"person_roleid": {"claim": "selected_roleid"}, "org_code": "RXL", "workgroups": "pairs"},
    "role": "practitioner",
}
CHOSEN = {
    "person_roleid": "555021935107",
    "org_code": "RXL",
    "role_code": "S8000:G8000:R8001",
    "workgroups": ["wards", "pairs"],
}
CIS2 = {"selected_roleid": "555021935107", "nhsid_nrbac_roles": [{"person_roleid": "1", "org_code": "RXL"}, CHOSEN]}
NOBODY: frozenset[Role] = frozenset()
PRACTITIONER = frozenset({Role.PRACTITIONER})


def roles(rule: dict[str, Any], claims: dict[str, Any]) -> frozenset[Role]:
    return RoleMapping.model_validate({"rules": [rule]}).roles(claims)


@pytest.mark.parametrize(
    ("claim", "claims"),
    [
        ("roles", {"roles": ["another", "p"]}),
        ("groups", {"groups": ["p"]}),
        ("job", {"job": "p"}),
        ("realm_access.roles", {"realm_access": {"roles": ["p"]}}),
        (["https://trust.example/roles"], {"https://trust.example/roles": ["p"]}),
        ("organisations.posts.role", {"organisations": [{"posts": []}, {"posts": [{"role": "o"}, {"role": "p"}]}]}),
    ],
)
def test_a_claim_is_found_however_deep_it_stands(claim: Any, claims: dict[str, Any]) -> None:
    rule = {"claim": claim, "value": "p", "role": "practitioner"}

    assert roles(rule, claims) == PRACTITIONER
    assert roles(rule | {"value": "q"}, claims) == NOBODY


@pytest.mark.parametrize("odd", [None, 5, "", [], {}, [None], {"roles": "p"}, [["p"]], True])
def test_what_a_provider_sends_in_another_shape_gives_no_role(odd: Any) -> None:
    for claim in ("roles", "realm.roles"):
        assert roles(
            {"claim": claim, "value": "p", "role": "practitioner"}, {"roles": odd, "realm": odd}
        ) == NOBODY or (claim == "realm.roles" and odd == {"roles": "p"})


def test_several_rules_give_several_roles() -> None:
    mapping = RoleMapping.model_validate(
        {"rules": [{"claim": "roles", "value": role, "role": role} for role in ("team_lead", "practitioner")]}
    )

    assert mapping.roles({"roles": ["team_lead", "practitioner"]}) == {Role.TEAM_LEAD, Role.PRACTITIONER}


def test_of_cis2_the_chosen_post_in_our_organisation_counts() -> None:
    assert roles(CIS2_RULE, CIS2) == PRACTITIONER


@pytest.mark.parametrize(
    "changed",
    [
        {"org_code": "RW4"},
        {"person_roleid": "2"},
        {"role_code": "S8000:G8000:R8002"},
        {"workgroups": ["wards"]},
        {"workgroups": None},
    ],
    ids=str,
)
def test_of_cis2_no_other_post_counts(changed: dict[str, Any]) -> None:
    assert roles(CIS2_RULE, CIS2 | {"nhsid_nrbac_roles": [CHOSEN | changed]}) == NOBODY


def test_of_cis2_a_post_that_was_not_chosen_does_not_count() -> None:
    assert roles(CIS2_RULE, CIS2 | {"selected_roleid": "1"}) == NOBODY
    assert roles(CIS2_RULE, {"nhsid_nrbac_roles": [{**CHOSEN, "person_roleid": None}]}) == NOBODY


@pytest.mark.parametrize("overage", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}, {"hasgroups": "true"}])
def test_groups_that_are_left_out_are_not_no_groups(overage: dict[str, Any]) -> None:
    with pytest.raises(TooManyGroups):
        roles({"claim": "groups", "value": "p", "role": "practitioner"}, overage)
    assert roles({"claim": "roles", "value": "p", "role": "practitioner"}, overage) == NOBODY


GOOD = {"rules": [{"claim": "roles", "value": "p", "role": "practitioner"}]}


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("{", "PAIRS_OPENID_MAPPING: the file: "),
        ({}, "rules"),
        ({"rules": []}, "rules"),
        ({"rules": [{"claim": "roles", "value": "p", "role": "wizard"}]}, "rules.0.role"),
        ({"rules": [{"claim": "roles..x", "value": "p", "role": "practitioner"}]}, "rules.0.claim.1"),
        ({"rules": [{"claim": "", "value": "p", "role": "practitioner"}]}, "rules.0.claim"),
        ({"rules": [{"claim": "roles", "value": "", "role": "practitioner"}]}, "rules.0.value"),
        ({**GOOD, "userinfos": True}, "userinfos"),
        ({**GOOD, "scopes": "profile"}, "scopes"),
    ],
    ids=str,
)
def test_a_file_that_is_wrong_stops_the_process_and_says_where(tmp_path: Path, file: Any, says: str) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(file if isinstance(file, str) else json.dumps(file))

    with pytest.raises(WrongSettings, match=r"^PAIRS_OPENID_MAPPING: ") as wrong:
        read_mapping(path)

    assert says in str(wrong.value)


def test_a_file_that_is_not_there_stops_the_process(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="cannot be read"):
        read_mapping(tmp_path / "nothing.json")


def test_a_locality_lead_has_the_localities_of_the_largest_rule_that_holds() -> None:
    rules = [
        {"claim": "groups", "value": "coast", "role": "locality_lead", "localities": ["blackpool", "fylde"]},
        {"claim": "groups", "value": "valley", "role": "locality_lead", "localities": ["burnley"]},
        {"claim": "groups", "value": "plain", "role": "locality_lead", "localities": ["preston"]},
    ]
    mapping = RoleMapping.model_validate({"rules": rules})

    assert mapping.localities({"groups": ["valley", "coast"]}) == {"blackpool", "fylde"}
    assert mapping.localities({"groups": []}) == frozenset()


@pytest.mark.parametrize(
    "rule",
    [
        {"role": "locality_lead"},
        {"role": "locality_lead", "localities": []},
        {"role": "locality_lead", "localities": ["Blackpool Centre"]},
        {"role": "regional_lead", "localities": ["blackpool"]},
        {"role": "commissioner", "localities": ["blackpool"]},
    ],
)
def test_localities_are_slugs_of_a_locality_lead_and_of_nobody_else(rule: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RoleMapping.model_validate({"rules": [{"claim": "groups", "value": "coast", **rule}]})
