import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.referral.letters.commands.edit_letter_template import EditLetterTemplate, edit_letter_template
from services.referral.letters.database.letters import LetterTemplates, TeamTemplate
from services.referral.letters.domain.letter_kind import LetterKind, SafetyNet, TemplateName
from services.referral.letters.packs.letters import shipped_template
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor

LEAD = an_actor(Role.TEAM_LEAD)
KIND = LetterKind.FAMILY_MISSED
OURS = shipped_template(KIND).text
WORDS = "# We miss you\n\nDear {{ recipient_name }}\n\n{{ safety_net }}"


async def edit(team: ATeam, words: str | None, seen: int = 0, actor: Actor = LEAD, name: TemplateName = KIND) -> None:
    async with team.begin(actor) as work:
        await edit_letter_template(EditLetterTemplate(name, seen, words), work)


async def used(team: ATeam, name: TemplateName = KIND) -> TeamTemplate:
    async with team.begin(LEAD) as work:
        return await LetterTemplates(work.session).get(name)


async def test_a_team_starts_with_our_words(team: ATeam) -> None:
    template = await used(team)

    assert (template.template.text, template.number, template.is_ours) == (OURS, 0, True)


async def test_the_team_words_a_letter_and_goes_back_to_ours_with_each_version_kept(team: ATeam) -> None:
    await edit(team, WORDS)
    own = await used(team)
    await edit(team, None, 1)
    back = await used(team)

    assert (own.template.text, own.number, own.is_ours, own.edited_by, own.edited_at) == (WORDS, 1, False, LEAD.id, NOW)
    assert (back.template.text, back.number, back.is_ours) == (OURS, 2, True)
    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM letter_template")) == 2
    with pytest.raises(DBAPIError, match="permission denied"):
        async with team.engine.begin() as connection:
            await connection.execute(text("UPDATE letter_template SET text = ''"))


async def test_the_other_letters_stay_as_they_were(team: ATeam) -> None:
    await edit(team, WORDS)

    assert (await used(team, LetterKind.FAMILY_ACCEPTED)).is_ours


async def test_the_safety_net_is_worded_once_for_all_letters(team: ATeam) -> None:
    await edit(team, "Call 999, or us: {{ team_phone }}.", name=SafetyNet.FAMILY)

    assert (await used(team, SafetyNet.FAMILY)).template.text == "Call 999, or us: {{ team_phone }}."


@pytest.mark.parametrize(
    "words", ["", "# Hello\n\n{{ safety_net }} {{ nhs_number }}", "# Hello\n\nNo net", "{{ safety_net }}"]
)
async def test_a_template_that_would_make_wrong_letters_is_refused(team: ATeam, words: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        await edit(team, words)

    assert refusal.value.field == "text"
    assert (await used(team)).number == 0


async def test_of_two_who_edit_at_once_the_second_is_told(team: ATeam) -> None:
    await edit(team, WORDS)

    with pytest.raises(Conflict):
        await edit(team, OURS)

    assert (await used(team)).template.text == WORDS


async def test_an_administrator_may_and_a_practitioner_may_not(team: ATeam) -> None:
    await edit(team, WORDS, actor=an_actor(Role.TEAM_ADMINISTRATOR))

    with pytest.raises(NotAllowed):
        await edit(team, None, 1, actor=an_actor(Role.PRACTITIONER))
