"""``work`` and ``jobs``, as called."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli.screened import flat
from matching.hub.people import Contacts, NewPerson, add_person
from matching.interchange import FileKind
from matching.jobs.import_files import Mode, ask_import, read_file
from matching.jobs.kinds import JobKind
from matching.jobs.queue import JobState, note_job
from matching.operations.erased_file import read_erased
from matching.operations.places import everywhere
from matching.store.person_keys import key_of
from matching.store.tables import persons
from tests.cli.installed import Home, home
from tests.databases import LECCO, a_manager
from tests.interchange.files import csv_of

__all__ = ["home"]

NOBODY = "0b0f7f7e-8a3c-4f0e-9d43-3f1a2f6f9f10"
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from training.cli import main; main()"]


def asked(home: Home, *lines: str) -> str:
    """An import that waits for a worker; its job."""
    file = read_file(csv_of("nome;cognome;nato il", *lines), FileKind.PERSONS, hub=LECCO)
    with home.store() as store, store.writing(a_manager()) as work:
        return ask_import(work, file, mode=Mode.GOOD_ROWS)[0]


def read(home: Home, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in home.run(*arguments, "--json").stdout.splitlines()]


def test_a_worker_does_what_waits_and_what_is_due(home: Home) -> None:
    job = asked(home, "Ada;Prova;", "Eva;Prova;31/02/1971")
    done = home.run("work", "--once")
    assert "Al lavoro per: hub-" in done.stderr
    found = {one["id"]: one for one in read(home, "jobs", "list")}
    assert found[job]["report"] == {"written": 1, "known": 0, "held": 0, "refused": 1}
    kinds = {one["kind"] for one in found.values()}
    assert kinds == {str(kind) for kind in JobKind}
    assert {one["state"] for one in found.values()} == {"done"}
    # What comes back is not due again.
    assert "Lavori fatti: 0" in home.run("work", "--once").stderr


def test_at_night_whoever_was_idle_for_years_is_erased_and_noted_outside(home: Home) -> None:
    long_ago = datetime(2020, 1, 2, tzinfo=UTC)
    with home.store() as store, replace(store, clock=lambda: long_ago).writing(a_manager()) as work:
        contacts = Contacts(given_name="Zenobia", family_name="Prova")
        new = NewPerson(hub=LECCO, contacts=contacts, taken_on=long_ago.date())
        pseudonym = key_of(work, add_person(work, new)).pseudonym
    home.run("work", "--once")
    assert read_erased(home.places.erased) == {pseudonym}
    with home.store() as store, store.reading(everywhere(store.engine)) as work:
        assert work.count(persons) == 0


def test_a_job_is_shown_with_what_became_of_its_rows(home: Home) -> None:
    job = asked(home, "Ada;Prova;", "Eva;Prova;31/02/1971")
    assert flat(home.run("jobs", "show", job).stdout).startswith(
        "importazione, hub-lecco: in coda Avanzamento: 0 di 2"
    )
    home.run("work", "--once")
    said = flat(home.run("jobs", "show", job, "--rows").stdout)
    assert "riga 2: prese" in said
    assert "riga 3: da correggere, birth_date: non è una data" in said
    rows = read(home, "jobs", "show", job, "--rows")
    assert [(one["row"], one["state"], one["code"]) for one in rows] == [
        (2, "written", None), (3, "refused", "not_a_date")
    ]  # fmt: skip
    (row,) = read(home, "jobs", "show", job)
    assert (row["state"], row["done"], row["total"]) == ("done", 2, 2)
    assert "no such job" in home.run("jobs", "show", NOBODY, code=1).stderr


def test_a_job_is_cancelled_and_its_file_is_sent_again(home: Home) -> None:
    job = asked(home, "Ada;Prova;")
    assert "Annullato" in home.run("jobs", "cancel", job).stdout
    assert "nothing to cancel" in home.run("jobs", "cancel", job, code=1).stderr
    assert "Send the file again" in home.run("jobs", "retry", job, code=1).stderr
    home.run("work", "--once")
    assert home.count(persons) == 0
    assert asked(home, "Ada;Prova;") != job
    home.run("work", "--once")
    assert home.count(persons) == 1


def test_jobs_are_listed_by_how_they_stand(home: Home) -> None:
    assert "Nessun lavoro" in home.run("jobs", "list").stdout
    job = asked(home, "Ada;Prova;")
    assert job[:8] in home.run("jobs", "list").stdout
    home.run("jobs", "cancel", job)
    assert [one["id"] for one in read(home, "jobs", "list", "--state", "cancelled")] == [job]
    assert read(home, "jobs", "list", "--state", "queued", "--state", "failed") == []
    home.run("jobs", "list", "--state", "asleep", code=2)


def test_what_failed_is_queued_again(home: Home) -> None:
    home.run("work", "--once")
    (job, *_) = [
        one["id"] for one in read(home, "jobs", "list") if one["kind"] == JobKind.REMINDERS
    ]
    with home.store() as store, store.writing(everywhere(store.engine)) as work:
        note_job(work, job, {"state": JobState.FAILED})
    (row,) = read(home, "jobs", "retry", job)
    assert row["state"] == "queued"
    assert "Lavori fatti: 1" in home.run("work", "--once").stderr


def test_a_worker_ends_when_it_is_told_to_and_finishes_what_is_in_hand(
    home: Home, shared_cache: Path
) -> None:
    """A real process: it has its own lexicon to load, from the index that is there."""
    (home.path / "cache").symlink_to(shared_cache)
    job = asked(home, *(f"{'A' * n}da;Prova;" for n in range(1, 30)))
    environment = {key: one for key, one in os.environ.items() if key != "COLUMNS"}
    with subprocess.Popen(
        [*COMMAND, "work"], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            for line in process.stderr:
                if "Al lavoro" in line:
                    break
            process.send_signal(signal.SIGTERM)
            said = process.stderr.read()
            assert process.wait(60) == 0, said
        finally:
            process.kill()
    assert "Traceback" not in said
    # Whether it had begun or not: nothing is half done, and the next worker ends it.
    (row,) = read(home, "jobs", "show", job)
    assert row["state"] in ("queued", "done")
    home.run("work", "--once")
    assert read(home, "jobs", "show", job)[0]["report"]["written"] == 29
    assert home.count(persons) == 29
