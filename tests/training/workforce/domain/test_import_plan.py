"""What a file of people would do to the register."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest

from services.training.workforce.domain.import_plan import Everybody, Outcome, Plan, Planner
from services.training.workforce.domain.import_row import Meanings, columns_of_headings, professions_by_name
from services.training.workforce.domain.person import Person
from services.training.workforce.domain.post import Post
from services.training.workforce.domain.register import LEFT_OUT, SOMEBODY_ELSE, Register
from services.training.workforce.domain.same_person import looks_alike, those_who_look_alike
from services.training.workforce.domain.workforce_file import read_file
from shared.contracts.consultation_codes import Profession
from shared.kernel.errors import RuleBroken
from shared.kernel.name_words import plain_name

TODAY = date(2026, 3, 2)
GRANGE, LAYTON = UUID(int=1), UUID(int=2)
RUTH, RUTHS = UUID(int=11), UUID(int=12)
HEADINGS = "Organisation,Staff number,First name,Last name,Email,Profession,Start date,Last day"
AS_RECORDED = "Grange Park,00123,Ruth,Bennett,ruth@grange.example,Health visitor,01/09/2024,"


def a_register() -> Register:
    post = Post(RUTHS, RUTH, GRANGE, Profession.HEALTH_VISITOR, "00123", date(2024, 9, 1))
    return Register({RUTH: Person(RUTH, "Ruth", "Bennett", email="ruth@grange.example")}, {RUTH: [post]})


def plan_of(
    *rows: str, register: Register | None = None, answers: Mapping[int, str] | None = None, everybody: bool = False
) -> Plan:
    file = read_file("\n".join([HEADINGS, *rows]).encode())
    organisations = {"grange park": GRANGE, "layton gps": LAYTON}
    means = Meanings(columns_of_headings(file.headings), organisations, professions_by_name(), TODAY)
    of = Everybody(GRANGE, TODAY) if everybody else None
    return Planner(means, register or a_register(), answers or {}, of).plan(file)


def outcomes(plan: Plan) -> list[Outcome]:
    return [line.outcome for line in plan.lines]


def test_a_row_that_says_what_is_on_record_changes_nothing() -> None:
    plan = plan_of(AS_RECORDED)

    assert outcomes(plan) == [Outcome.UNCHANGED]
    assert [*plan.new_people, *plan.new_posts, *plan.changed_people, *plan.changed_posts] == []


def test_a_new_surname_under_the_same_number_is_a_change_and_the_old_one_is_kept() -> None:
    plan = plan_of(AS_RECORDED.replace("Bennett", "Clark"))

    assert plan.lines[0].changes == ["name: Ruth Bennett → Ruth Clark"]
    assert plan.changed_people[RUTH].earlier_names == ("Ruth Bennett",)


def test_an_empty_cell_leaves_and_clear_empties() -> None:
    left = plan_of("Grange Park,00123,Ruth,Bennett,,Health visitor,,")
    cleared = plan_of("Grange Park,00123,Ruth,Bennett,(clear),Health visitor,(Clear),")

    assert outcomes(left) == [Outcome.UNCHANGED]
    assert (cleared.changed_people[RUTH].email, cleared.changed_posts[RUTHS].from_on) == ("", None)


def test_days_are_day_first_and_a_number_with_noughts_stays_text() -> None:
    plan = plan_of("Layton GPs,00042,Omar,Khan,,GP or practice nurse,03/04/2025,31/03/2026")

    [post] = plan.new_posts
    assert (post.from_on, post.until_on, post.staff_number) == (date(2025, 4, 3), date(2026, 4, 1), "00042")


def test_a_last_day_to_come_is_not_a_century_ago() -> None:
    plan = plan_of("Layton GPs,00042,Omar,Khan,,GP or practice nurse,01/09/98,31/03/28")

    [post] = plan.new_posts
    assert (post.from_on, post.until_on) == (date(1998, 9, 1), date(2028, 4, 1))


def test_all_that_is_wrong_with_a_row_is_told_by_column_and_nothing_hides_the_rest() -> None:
    plan = plan_of("Nowhere,,Ruth,,ruth at grange,Wizard,31/02/2025,1/2", ",,,,,,,x")

    assert [problem.column for problem in plan.lines[0].problems] == [
        "last name",
        "email",
        "organisation",
        "profession",
        "start date",
        "last day",
    ]
    assert len(plan.lines[1].problems) == 6
    assert not plan.is_ready


def test_two_jobs_of_one_email_and_name_are_one_person_with_two_jobs() -> None:
    both = (
        "Grange Park,1,Omar,Khan,omar@layton.example,Midwife,,",
        "Layton GPs,2,Omar,Khan,omar@layton.example,Midwife,,",
    )
    plan = plan_of(*both)

    assert (len(plan.new_people), len(plan.new_posts)) == (1, 2)


def test_the_email_of_a_nursery_is_of_two_people_and_marked_as_shared() -> None:
    rows = [f"Layton GPs,,{name},Khan,office@nursery.example,Nursery or childminder,," for name in ("Omar", "Aisha")]
    plan = plan_of(*rows)

    assert [(one.given_name, one.is_shared_email) for one in plan.new_people] == [("Omar", True), ("Aisha", True)]


def test_of_two_colleagues_at_one_mailbox_nobody_becomes_the_other() -> None:
    thomas, james = UUID(int=21), UUID(int=22)
    known = {
        thomas: Person(thomas, "Thomas", "James", email="info@nursery.org"),
        james: Person(james, "Jàmes", "Thomas", email="info@nursery.org"),
    }

    def plan(name: str, *who: UUID) -> Plan:
        row = f"Layton GPs,,{name},info@nursery.org,Nursery or childminder,,"
        return plan_of(row, register=Register({one: known[one] for one in who}, {}))

    asked, of_two, exact = (
        plan("James,Thomas", thomas),
        plan("James,Thomas", thomas, james),
        plan("Thomas,James", thomas),
    )
    assert (outcomes(asked), list(asked.lines[0].candidates)) == ([Outcome.ASKED], [thomas])
    assert [post.person_id for post in of_two.new_posts] == [james]
    assert [post.person_id for post in exact.new_posts] == [thomas]


def test_whoever_has_exactly_the_name_is_asked_about_first_however_many_may_have_it() -> None:
    names = ["حسن", "حسان", "حسين", "حسون", "حسنة", "Hassan"]
    people = {UUID(int=30 + n): Person(UUID(int=30 + n), name, "Ali") for n, name in enumerate(names)}

    candidates = plan_of("Layton GPs,9,Hassan,Ali,,Midwife,,", register=Register(people, {})).lines[0].candidates

    assert (len(candidates), candidates[0]) == (5, UUID(int=35))


def test_an_address_is_shared_by_those_whom_names_tell_apart_and_not_by_two_spellings() -> None:
    rows = [
        f"Layton GPs,{n},{name},office@nursery.example,Midwife,," for n, name in enumerate(("Jo,Müller", "Jo,Mueller"))
    ]
    turned = [row.replace("Jo,Mueller", "Müller,Jo") for row in rows]

    assert [one.is_shared_email for one in plan_of(*rows).new_people] == [False]
    assert [one.is_shared_email for one in plan_of(*turned).new_people] == [True, True]


def test_a_name_alone_joins_nobody_and_there_are_three_answers() -> None:
    row = "Layton GPs,9,Ruth,Bennett,,Midwife,,"
    asked, same, other, left = (
        plan_of(row, answers=given) for given in ({}, {2: str(RUTH)}, {2: SOMEBODY_ELSE}, {2: LEFT_OUT})
    )

    assert (outcomes(asked), list(asked.lines[0].candidates)) == ([Outcome.ASKED], [RUTH])
    assert (outcomes(same), [post.person_id for post in same.new_posts]) == ([Outcome.UPDATED], [RUTH])
    assert (outcomes(other), len(other.new_people)) == ([Outcome.ADDED], 1)
    assert (outcomes(left), left.new_posts) == ([Outcome.LEFT_OUT], [])


def test_names_that_are_alike_are_asked_about_where_they_work_together_and_nowhere_else() -> None:
    here, there = (plan_of(f"{where},9,Rut,Benett,,Midwife,,") for where in ("Grange Park", "Layton GPs"))

    assert outcomes(here) == [Outcome.ASKED]
    assert outcomes(there) == [Outcome.ADDED]


@pytest.mark.parametrize(
    "pair", [("O’Brien Kath", "OBrien Kathy"), ("Mohammed Ali", "Mohammad Ali"), ("Emma Wilson", "Emma Watson")]
)
def test_likeness_of_names_says_only_that_somebody_should_look(pair: tuple[str, str]) -> None:
    assert looks_alike(plain_name(pair[0]), plain_name(pair[1]))


@pytest.mark.parametrize("spelled", ["Rth,Bennett", "Ruth,Bnnett", "uRth,Bennett", "Ruth,Ebnnett", "Ruth,Bennet"])
def test_one_mistake_in_a_name_is_seen_wherever_it_is(spelled: str) -> None:
    assert outcomes(plan_of(f"Grange Park,00999,{spelled},,Health visitor,,")) == [Outcome.ASKED]


def test_a_row_is_compared_only_with_names_of_which_a_word_begins_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def those(sought: str, names: Mapping[UUID, str]) -> list[UUID]:
        compared.extend(names.values())
        return those_who_look_alike(sought, names)

    monkeypatch.setattr("services.training.workforce.domain.register.those_who_look_alike", those)
    plan_of("Grange Park,00999,Mary,Clark,,Health visitor,,", "Grange Park,00998,Mary,Benett,,Health visitor,,")

    assert compared == ["ruth bennett"]


def test_a_number_that_was_given_again_is_asked_about() -> None:
    row = "Grange Park,00123,Omar,Khan,,Health visitor,,"

    assert list(plan_of(row).lines[0].candidates) == [RUTH]
    assert outcomes(plan_of(row, answers={2: SOMEBODY_ELSE})) == [Outcome.ADDED]


def test_a_row_that_says_a_job_twice_is_to_be_put_right() -> None:
    plan = plan_of(AS_RECORDED, AS_RECORDED)

    assert outcomes(plan) == [Outcome.UNCHANGED, Outcome.WRONG]
    assert "Line 2" in plan.lines[1].problems[0].sentence


def test_whoever_is_missing_from_an_ordinary_file_stays_and_from_one_of_everybody_is_listed() -> None:
    somebody_else = "Grange Park,7,Omar,Khan,,Midwife,,"

    assert plan_of(somebody_else).missing == []
    assert [post.id for post in plan_of(somebody_else, everybody=True).missing] == [RUTHS]
    assert plan_of(AS_RECORDED, everybody=True).missing == []


def test_a_file_of_everybody_at_one_place_holds_no_row_of_another() -> None:
    assert outcomes(plan_of("Layton GPs,7,Omar,Khan,,Midwife,,", everybody=True)) == [Outcome.WRONG]


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        ("organisation,first name,profession,email", "lacks: last name"),
        ("organisation,first name,last name,surname,profession,email", "Two columns say “last name”"),
        ("organisation,first name,last name,profession", "“staff number” or “email”"),
    ],
)
def test_headings_that_lack_something_are_refused_by_name(headings: str, sentence: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        columns_of_headings(headings.split(","))

    assert sentence in refused.value.sentence
