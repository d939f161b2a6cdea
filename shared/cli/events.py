"""`pairs events`: what is on the streams, who is behind, what was set aside, and the published language."""

import json
import time
from typing import Annotated, Any, cast

import typer

from shared import discovery
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run
from shared.cli.lag import lag
from shared.cli.listing import AsJson, show
from shared.cli.readers import Reader, readers
from shared.contracts import schema
from shared.contracts.asyncapi import language
from shared.contracts.slug import is_slug
from shared.contracts.streams import Audience, Stream
from shared.kernel.errors import Refusal
from shared.kernel.postgres import connected
from shared.streams.connection import Entry, connect, read_streams
from shared.tenancy.admin import AdminUrls
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import teams

app = typer.Typer(help=__doc__, no_args_is_help=True, rich_markup_mode=None)

Team = Annotated[str, typer.Option("--team", help="The team's slug.")]
Service = Annotated[str, typer.Option("--service", help="The service's name; not needed where a team has one only.")]


@app.command("lag")
def show_lag(*, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Show how far each stream has come. Exit code 1 when one waits or is behind."""
    rows = run(lag(admin_urls(state)))
    show(rows, as_json=as_json, empty="No team has been announced: add one with `pairs team add`.")
    if any(row["waiting"] or row["behind"] for row in rows):
        raise typer.Exit(1)


@app.command()
def tail(  # noqa: PLR0913 - each is an option on the command line
    *,
    team: Team,
    service: Service = "",
    audience: Annotated[Audience, typer.Option(help="team: everything; region: what the region may know.")] = (
        Audience.REGION
    ),
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many of the last entries.")] = 10,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    state: State = DEFAULT_STATE,
    as_json: AsJson = False,
) -> None:
    """Show the last entries of a stream. No event carries a person."""
    names = [one.name for one in discovery.of_team() if one.publishes]
    if len(names) == 1:
        service = service or names[0]
    if not (is_slug(team) and is_slug(service)):
        raise typer.BadParameter(f"a team is small letters, digits and hyphens; --service is one of {', '.join(names)}")
    stream = Stream(team, service, audience)
    try:
        run(_tail(admin_urls(state), stream, count, follow=follow, as_json=as_json))
    except KeyboardInterrupt:
        return


async def _tail(admin: AdminUrls, stream: Stream, count: int, *, follow: bool, as_json: bool) -> None:
    async with connect(admin.redis) as redis:
        entries = cast("list[Entry]", await redis.xrevrange(stream.key, count=count))
        for entry in reversed(entries):
            _print_entry(entry, as_json=as_json)
        if not entries:
            typer.echo(f"Nothing is on {stream.key}.", err=True)
        last = entries[0][0].decode() if entries else "0-0"
        while follow:
            for _, new in await read_streams(redis, {stream.key: last}, wait_milliseconds=5000):
                for entry in new:
                    _print_entry(entry, as_json=as_json)
                    last = entry[0].decode()


def _print_entry(entry: Entry, *, as_json: bool) -> None:
    identifier, fields = entry
    text = {name.decode(): value.decode(errors="replace") for name, value in fields.items()}
    if as_json:
        typer.echo(json.dumps({"id": identifier.decode(), **text}))
    else:
        typer.echo(f"{identifier.decode():>10}  {text.get('ce-time', '?'):<28}{text.get('ce-type', '?')}")
        typer.echo(f"{'':>10}  {text.get('body', '')}")


@app.command("dead-letters")
def dead_letters(*, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Show what readers set aside and have not taken in since. What an entry said is never shown."""
    rows = run(_unresolved(admin_urls(state)))
    show(rows, as_json=as_json, empty="Nothing has been set aside.")


async def _readers(admin: AdminUrls) -> list[Reader]:
    async with operator(admin) as redis:
        return readers(await teams(redis))


async def _unresolved(admin: AdminUrls) -> list[dict[str, Any]]:
    return [row for reader in await _readers(admin) for row in await _set_aside_by(admin, reader)]


async def _set_aside_by(admin: AdminUrls, reader: Reader) -> list[dict[str, Any]]:
    async with connected(reader.url(admin)) as connection:
        rows = await connection.fetch(
            "SELECT id, stream, epoch || '-' || position AS entry, reason, detail, failed_at "
            "FROM dead_letter WHERE resolved_at IS NULL ORDER BY id"
        )
        return [{"reader": reader.name, **dict(row)} for row in rows]


@app.command()
def replay(
    letters: Annotated[list[int] | None, typer.Argument(help="Numbers from `pairs events dead-letters`.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Try all of them.")] = False,
    reader: Annotated[str, typer.Option("--reader", help="Whose; not needed where there is one reader only.")] = "",
    state: State = DEFAULT_STATE,
    as_json: AsJson = False,
) -> None:
    """Try entries again that were set aside. Exit code 1 when one is still refused."""
    if bool(letters) == everything:
        raise typer.BadParameter("name some numbers, or --all")
    left = run(_replay(admin_urls(state), reader, None if everything else letters))
    show(left, as_json=as_json, empty="All of them were taken in.")
    if left:
        raise typer.Exit(1)


async def _replay(admin: AdminUrls, reader: str, letters: list[int] | None) -> list[dict[str, Any]]:
    """Ask those readers to try, wait until they have, and give what is still set aside of these."""
    asked = [one for one in await _readers(admin) if reader in ("", one.name)]
    if letters is not None and len(asked) != 1:
        raise Refusal("reader", f"Say whose with --reader: {', '.join(one.name for one in await _readers(admin))}.")
    return [row for one in asked for row in await _try_again(admin, one, letters)]


async def _try_again(admin: AdminUrls, reader: Reader, letters: list[int] | None) -> list[dict[str, Any]]:
    async with connected(reader.url(admin)) as connection:
        asked = [
            row["id"]
            for row in await connection.fetch(
                "UPDATE dead_letter SET replay_requested_at = now() "
                "WHERE resolved_at IS NULL AND ($1::bigint[] IS NULL OR id = ANY($1)) RETURNING id",
                letters,
            )
        ]
        end = time.monotonic() + 30
        while time.monotonic() < end and await connection.fetchval(
            "SELECT exists(SELECT FROM dead_letter WHERE id = ANY($1) "
            "AND replay_requested_at IS NOT NULL AND resolved_at IS NULL)",
            asked,
        ):
            await connection.fetchval("SELECT pg_sleep(0.2)")
        return [row for row in await _set_aside_by(admin, reader) if row["id"] in asked]


@app.command()
def schemas(
    *,
    write: Annotated[bool, typer.Option("--write", help="Write the files that are out of date.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare the committed schemas and AsyncAPI document with the classes. Exit code 1 when they differ."""
    ours = language({service.name: service.publishes for service in discovery.of_team()})
    try:
        changed = schema.write(ours) if write else schema.out_of_date(ours)
    except schema.IncompatibleChange as change:
        typer.echo(f"{change}. Give the event a new version, and an upcaster from this one.", err=True)
        raise typer.Exit(1) from None
    rows = [
        {"file": name, "breaks_readers": any(name.startswith(each.split(":")[0]) for each in schema.breaking(ours))}
        for name in changed
    ]
    show(rows, as_json=as_json, empty="The schemas are those of the classes.")
    if changed and not write:
        raise typer.Exit(1)
