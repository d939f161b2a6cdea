"""`pairs`: the operator's command. Results go to standard output, everything else to standard error.

Exit codes: 0 well, 1 something was found or refused, 2 wrong usage, 69 a server does not answer, 78 wrong settings.
"""

import typer

from shared import discovery
from shared.cli import events, team
from shared.cli.doctor import doctor
from shared.cli.provision import migrate, provision
from shared.cli.services import services
from shared.cli.sign_in_link import sign_in_link
from shared.cli.tools import add_tools

app = typer.Typer(
    help="PaIRS Network: run a region, look after its teams and its events.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(provision)
app.command()(migrate)
app.command()(doctor)
app.command()(services)
app.command("sign-in-link")(sign_in_link)
add_tools(app, discovery.of_region())
app.add_typer(team.app, name="team")
app.add_typer(events.app, name="events")


def main() -> None:
    app(prog_name="pairs")


if __name__ == "__main__":
    main()
