"""PostgreSQL's own programs, pg_dump and pg_restore, started with no secret in their arguments."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy.engine import URL, make_url

from matching.errors import SettingsError, StoreError

_CHUNK = 1024 * 1024
_SAID = 300  # characters of what a program said
# What libpq reads instead of the address, which every user of the machine could see.
_VARIABLES = {
    "host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "passfile": "PGPASSFILE",
    "service": "PGSERVICE", "connect_timeout": "PGCONNECT_TIMEOUT",
}  # fmt: skip


def program(name: str, tools: Path | None) -> Path:
    """A program of PostgreSQL, of a folder or on PATH.

    Raises
    ------
    SettingsError
        Where it is not there.
    """
    found = shutil.which(name, path=None if tools is None else str(tools))
    if found is None:
        where = "on PATH" if tools is None else f"in {tools}"
        raise SettingsError(
            f"{name} is not {where}. Install the client programs of PostgreSQL (postgresql-client),"
            " of the server's version or a later one, or name their folder with --postgresql-bin."
        )
    return Path(found)


def dumped(url: str, snapshot: str, tools: Path | None) -> Iterator[bytes]:
    """A database as a snapshot shows it, in pg_dump's custom format.

    Raises
    ------
    StoreError
        With what pg_dump said, which shows names of tables at most.
    """
    command = [
        str(program("pg_dump", tools)), "--format=custom", "--no-owner", "--no-privileges",
        f"--snapshot={snapshot}", "--no-password",
    ]  # fmt: skip
    with (
        TemporaryFile() as said,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, env=_environment(make_url(url))
        ) as process,
    ):
        output = process.stdout
        if output is None:
            raise StoreError("pg_dump could not be read from.")
        # Where nobody reads on, leaving closes the pipe, which ends pg_dump.
        while chunk := output.read(_CHUNK):
            yield chunk
        if process.wait():
            said.seek(0)
            raise _failed("pg_dump", said.read())


def loaded(url: URL, dump: Path, tools: Path | None) -> None:
    """Load a dump into an empty database, whole or not at all.

    Raises
    ------
    StoreError
        With what pg_restore said.
    """
    command = [
        str(program("pg_restore", tools)), "--single-transaction", "--exit-on-error",
        "--no-owner", "--no-privileges", "--no-password", f"--dbname={url.database}", str(dump),
    ]  # fmt: skip
    done = subprocess.run(command, env=_environment(url), capture_output=True)
    if done.returncode:
        raise _failed("pg_restore", done.stderr)


def _failed(name: str, said: bytes) -> StoreError:
    text = " ".join(said.decode("utf-8", "replace").split())[:_SAID]
    return StoreError(
        f"{name} failed: {text}. It needs the address of the database's owner, a role that "
        "row-level security does not hold back (BYPASSRLS), and programs of the server's version."
    )


def _environment(url: URL) -> Mapping[str, str]:
    given = {key: value for key, value in url.query.items() if isinstance(value, str)}
    if strange := sorted(set(given) - set(_VARIABLES)):
        raise SettingsError(
            f"The database's address sets {strange[0]}, which pg_dump and pg_restore cannot be "
            "told. Leave it out of VALORIAMO_DATABASE_OWNER_URL."
        )
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    variables = {_VARIABLES[key]: value for key, value in given.items()}
    for name, value in (
        ("PGHOST", url.host), ("PGPORT", url.port), ("PGUSER", url.username),
        ("PGPASSWORD", url.password), ("PGDATABASE", url.database),
    ):  # fmt: skip
        if value:
            variables[name] = str(value)
    return {**kept, **variables}
