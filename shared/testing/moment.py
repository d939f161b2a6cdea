"""A moment of a service's database, to which tests go back: the rows of every table, and where every sequence was.

    moment = Moment(url_of(servers.postgres, database="…"))
    await moment.keep()
    …
    await moment.go_back()

Triggers do not run meanwhile, so nothing is notified or put on record. What was done to the tables themselves stays.
"""

from dataclasses import dataclass

from shared.kernel.postgres import Connection, connected


@dataclass(frozen=True)
class Moment:
    """Kept in a schema of the database itself.

    Args:
        url: the database's address, for a superuser.
    """

    url: str

    async def keep(self) -> None:
        """This moment; there must be none yet."""
        async with connected(self.url) as connection:
            await keep(connection, "moment")

    async def go_back(self) -> None:
        """To the moment that was kept, as often as you like."""
        async with connected(self.url) as connection:
            await go_back(connection, "moment")

    async def forget(self) -> None:
        """The database stays as it is."""
        async with connected(self.url) as connection:
            await connection.execute("DROP SCHEMA moment CASCADE")


async def keep(connection: Connection, schema: str) -> None:
    """What `Moment` does, on a connection that is there, in a schema with another name."""
    await connection.execute(_KEEP.replace("{moment}", schema))


async def go_back(connection: Connection, schema: str) -> None:
    """See `keep`."""
    await connection.execute(_GO_BACK.replace("{moment}", schema))


_KEEP = """
CREATE SCHEMA "{moment}";
CREATE TABLE "{moment}"."every sequence" AS
    SELECT format('public.%I', sequencename) AS named, coalesce(last_value, start_value) AS reached,
           last_value IS NOT NULL AS taken
    FROM pg_sequences WHERE schemaname = 'public';
CREATE TABLE "{moment}"."every table" (named text PRIMARY KEY, rows bigint, written numeric);
DO $$ DECLARE of_one record; BEGIN
    FOR of_one IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('INSERT INTO "{moment}"."every table" SELECT %L, count(*), sum(xmin::text::numeric)'
                       ' FROM public.%I', of_one.relname, of_one.relname);
    END LOOP;
    FOR of_one IN SELECT named FROM "{moment}"."every table" WHERE rows > 0 LOOP
        EXECUTE format('CREATE TABLE "{moment}".%I AS TABLE public.%I', of_one.named, of_one.named);
    END LOOP;
END $$;
"""
"""The numbers of the transactions that wrote a table's rows tell whether it was changed since: they only grow."""

_GO_BACK = """
SET session_replication_role = replica;
DO $$ DECLARE kept record; now_is record; BEGIN
    FOR kept IN SELECT relname AS named, rows, written FROM pg_class
                LEFT JOIN "{moment}"."every table" ON named = relname
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('SELECT count(*) AS rows, sum(xmin::text::numeric) AS written FROM public.%I', kept.named)
        INTO now_is;
        CONTINUE WHEN now_is.rows = kept.rows AND now_is.written IS NOT DISTINCT FROM kept.written;
        EXECUTE format('DELETE FROM public.%I', kept.named);
        IF to_regclass(format('"{moment}".%I', kept.named)) IS NOT NULL THEN
            EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE TABLE "{moment}".%I', kept.named, kept.named);
            EXECUTE format('UPDATE "{moment}"."every table" SET written = (SELECT sum(xmin::text::numeric)'
                           ' FROM public.%I) WHERE named = %L', kept.named, kept.named);
        END IF;
    END LOOP;
    PERFORM setval(sequence.named::regclass, reached, taken) FROM "{moment}"."every sequence" sequence;
END $$;
"""
