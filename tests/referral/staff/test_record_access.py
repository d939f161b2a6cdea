"""Whatever loads something of a family refuses whoever may not see it: each way is found in the code itself."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from importlib import import_module
from pkgutil import walk_packages
from types import NoneType
from typing import Any, get_type_hints

import pytest
from sqlalchemy import select

from services import referral
from services.referral.database.letter_tables import message
from services.referral.database.measure_tables import measure_request
from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.people.domain.remit import Remit
from services.referral.staff.domain.restricted_record import RestrictedRecord
from services.referral.staff.queries.asking import Asking, ListRules
from services.referral.team.domain.need import NeedLimits
from services.referral.team.domain.wait_clock import DEFAULT_RULES
from shared.contracts.pathway_codes import PromiseKind
from shared.kernel.actor import public_form
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.governance.builders import OTHER
from tests.referral.restricted_record import a_restricted_record
from tests.referral.whole_record import WholeRecord

SAYS_NOTHING_OF_A_RECORD = {
    "BrokenGlass.get_to_change": "the lead reviews an opening without seeing the family",
    "BrokenGlass.open_task": "likewise",
    "Callbacks.get": "a number that someone left to be called, of which no record knows yet",
    "Callbacks.get_to_change": "likewise",
    "Callbacks.left_before": "what was left in a form of the public's own, of which no record knows",
    "Drafts.find": "what someone typed into the public form, for the browser that has its token",
    "ApiClients.give_secret": "another system's key, and no record",
    "Families.kept_instead_of": "another address of the same record",
    "Families.others_to_change": "a death is on record in every family, whoever may see it",
    "Groups.get": "others take part too, and the families are ids",
    "Groups.get_to_change": "likewise",
    "HeardConsultations.record_of": "another address of the same record",
    "danger_to_answer": "that danger was said, by when and who answers; whose it is stands behind a link that asks",
    "WantedReferrals.find": "what a consultation tells: codes and ids",
    "named_records": "a record whose family the reader may not see is called restricted",
    "OpenPromises.about": "what was promised is a kind and a moment; the referral is an id",
    "Promises.about": "likewise",
    "Referrals.received_before": "what the sender was told, by the key that only the sender has",
    "Referrals.state_of": "what the sender is told of the referral that it sent",
    "Tasks.raise_task": "gives the id of what it stores",
    "TeamWork.aggregate": "how often something was told",
    "TeamWork.said_of": "what was told others of it: codes and ids, and no record",
    "Trainings.held_by": "of a colleague",
    "colleague_capacity_of": "of a colleague",
    "colleague_name": "of a colleague",
    "danger_open": "that danger was told, not by whom or of whom; the page where it is answered refuses",
    "diary": "names nobody of a restricted record",
    "group_members": "names nobody of a restricted record",
    "group_register": "likewise",
    "letter_of_day": "when one was begun, not of whom; the page of the letter refuses",
    "message_status": "what the sender is told of the referral that it sent",
    "one_opening": "the lead reviews an opening without seeing the family",
    "safety_open": "how much there is to answer of a group's families; the pages where it is answered refuse",
    "signatory_of": "of a colleague",
}
NOTHING = (NoneType, bool, int)
"""What a function gives that only stores, says whether or counts."""

Loader = tuple[str, Callable[..., Any], type | None]
"""Its name, itself, and the repository that it is of."""


def loaders() -> Iterator[Loader]:
    """Everything in the services' `database/` and `queries/` that is asked by an id and gives something."""
    for module in walk_packages(referral.__path__, "services.referral."):
        if not any(f".{place}." in module.name for place in ("database", "queries")) or "migrations" in module.name:
            continue
        for name, thing in vars(import_module(module.name)).items():
            if getattr(thing, "__module__", "") != module.name or name.startswith("_"):
                continue
            if inspect.isclass(thing):
                yield from ((f"{name}.{one}", f, thing) for one, f in _methods(thing).items() if _loads(one, f))
            elif _loads(name, thing):
                yield name, thing, None


def _methods(repository: type) -> Mapping[str, Any]:
    """Its own, and those of what it makes its own."""
    return {name: method for kind in reversed(repository.__mro__) for name, method in vars(kind).items()}


def _loads(name: str, function: Any) -> bool:
    if name.startswith("_") or not inspect.iscoroutinefunction(function):
        return False
    hints = get_type_hints(function)
    by_id = any("UUID" in str(hint) for name, hint in hints.items() if name != "return")
    return by_id and hints["return"] not in NOTHING


@pytest.fixture(scope="module")
def all_loaders() -> list[Loader]:
    return list(loaders())


async def test_each_refuses_whoever_may_not_see_the_record(team: ATeam, all_loaders: list[Loader]) -> None:
    ids = await _ids(team, await a_restricted_record(team, new_id()))
    let_through: list[str] = []
    for name, function, repository in all_loaders:
        if name in SAYS_NOTHING_OF_A_RECORD:
            continue
        try:
            async with team.begin(OTHER) as work:
                own = {"self": repository(work)} if repository else {}
                await function(**own, **_arguments(name, function, work, ids))
        except RestrictedRecord:
            continue
        let_through.append(name)
    assert let_through == []
    assert len(all_loaders) > 60


def test_what_is_left_out_is_there(all_loaders: list[Loader]) -> None:
    assert SAYS_NOTHING_OF_A_RECORD.keys() - {name for name, *_ in all_loaders} == set()


def _arguments(name: str, function: Callable[..., Any], work: UnitOfWork, ids: Mapping[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(function)
    asking = Asking(OTHER, NOW, ListRules(DEFAULT_RULES, NeedLimits()))
    usual = {UnitOfWork: work, date: TODAY, datetime: NOW, Asking: asking, Remit: Remit(5), bool: False}
    given: dict[str, Any] = {}
    for one in inspect.signature(function).parameters.values():
        if one.name == "self" or one.default is not inspect.Parameter.empty:
            continue
        if "UUID" in str(hints[one.name]):
            assert one.name in ids, f"{name}: say in this test what {one.name} is"
            given[one.name] = ids[f"{name} {one.name}" if f"{name} {one.name}" in ids else one.name]
        else:
            given[one.name] = usual.get(hints[one.name])
    return given


async def _ids(team: ATeam, record: WholeRecord) -> Mapping[str, Any]:
    """What the parameters of loaders name."""
    family = record.family
    async with team.engine.connect() as connection:
        message_id = await connection.scalar(select(message.c.id))
        link_id = await connection.scalar(select(measure_request.c.id))
    async with team.begin(public_form()) as work:
        promise_id = await make_promise(MakePromise(PromiseKind.DANGER_SAID, NOW, record.referral), work)
    return {
        "administration_id": record.measure,
        "subject_id": family.leonie,
        "consent_id": record.consent,
        "contact_id": record.held,
        "destruction_id": record.destruction,
        "dyad_id": record.dyad,
        "episode_id": family.episode_id,
        "family_id": family.family_id,
        "flag_id": record.flag,
        "goal_id": record.goal,
        "group_id": record.group.id,
        "letter_id": record.letter,
        "merge_id": record.merge,
        "message_id": message_id,
        "people": [family.leonie],
        "person_id": family.leonie,
        "practitioner_id": family.practitioner.id,
        "promise_id": promise_id,
        "record_id": family.leonie,
        "referral_id": record.referral,
        "request_id": record.copy,
        "MeasureRequests.get_to_change request_id": link_id,
        "strand_id": record.strand,
        "task_id": record.task,
    }
