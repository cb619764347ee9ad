"""Rows of HSDS -> drafts of a catalogue, with everything that is wrong said row by row.

What was exported from here comes back as it was. A file of somebody else has none of our codes:
what HSDS itself can say is taken (name, provider, place, ages, documents, languages, days), the
rest is left for a person to complete, and named.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from matching.accompaniment.hsds.drafts import Draft, Imported, Mode
from matching.accompaniment.hsds.entries import provider_draft, service_draft
from matching.accompaniment.hsds.findings import Finding, Gravity, Problem
from matching.accompaniment.hsds.index import Index, index_of
from matching.accompaniment.hsds.limits import Limits
from matching.accompaniment.hsds.nested import read_document
from matching.accompaniment.hsds.tables import Record
from matching.accompaniment.hsds.tabular import read_package
from matching.accompaniment.hsds.world import World, day_of
from matching.domain.days import months_later
from matching.errors import InputError
from matching.taxonomy import Taxonomy
from matching.territory import Territory

_VALID_MONTHS = 12  # of a file that does not say for how long it is valid
_CLOSED = ("inactive", "defunct", "temporarily closed")
_STATUS = ("active", *_CLOSED)


def import_file(
    path: Path,
    *,
    territory: Territory,
    taxonomy: Taxonomy,
    as_of: date,
    mode: Mode = Mode.ALL,
    limits: Limits | None = None,
) -> Imported:
    """Read an HSDS 3.0 file: JSON (``.json``), or CSV in a zip or a folder.

    Parameters
    ----------
    path
        The file or folder.
    territory, taxonomy
        Where places are found, and concepts.
    as_of
        The day of the import: a file that says nothing of its validity is valid from it.
    mode
        With ``ALL`` nothing is taken while any row is wrong.
    limits
        How much is read; the usual ones without it.

    Raises
    ------
    InputError
        Naming the file, where it cannot be read at all.
    """
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder; correct the path.")
    limits = limits or Limits()
    read = read_document if path.is_file() and path.suffix.lower() == ".json" else read_package
    records, wrong = read(path, limits)
    return import_records(
        records,
        wrong,
        territory=territory,
        taxonomy=taxonomy,
        as_of=as_of,
        mode=mode,
        limits=limits,
    )


def import_records(
    records: Sequence[Record],
    wrong: Iterable[Finding] = (),
    *,
    territory: Territory,
    taxonomy: Taxonomy,
    as_of: date,
    mode: Mode = Mode.ALL,
    limits: Limits | None = None,
) -> Imported:
    """Drafts from rows; ``wrong`` is what was found in their form."""
    index = index_of(records, limits or Limits())
    form = list(wrong)
    index.findings.extend(form)
    index.broken |= _misshapen(records, form)
    world = World(territory=territory, taxonomy=taxonomy, as_of=as_of)
    names: set[str] = set()
    organizations = [row for row in index.rows.values() if row.table == "organization"]
    providers = {row.cell("id"): provider_draft(row, index, world, names) for row in organizations}
    slugs: set[str] = set()
    drafts = [
        (row, service_draft(row, index, world, providers, slugs))
        for row in index.services
        if _is_open(row, index)
    ]
    bad = {row for row in index.services if _is_bad(row, index)}
    good = [draft for row, draft in drafts if row not in bad]
    if mode is Mode.ALL and any(one.gravity is Gravity.ERROR for one in index.findings):
        good = []
    first, last = _validity(index, good, as_of)
    offering = {row.cell("organization_id") for row in index.services}
    used = {draft.values["provider"] for draft in good}
    return Imported(
        valid_from=first,
        valid_to=last,
        providers=tuple(
            draft
            for code, draft in providers.items()
            if draft.slug in used or (good and code not in offering)
        ),
        services=tuple(good),
        findings=tuple(index.findings),
        read=len(index.services),
        bad=len(bad),
    )


def _misshapen(records: Iterable[Record], form: Iterable[Finding]) -> set[Record]:
    """Rows whose form is wrong: those of the line, or, in JSON, the service of the number."""
    places = {(one.file, one.line) for one in form if one.gravity is Gravity.ERROR}
    return {
        row
        for row in records
        if (row.file, row.line) in places and (row.table == "service" or row.tabular)
    }


def _is_open(row: Record, index: Index) -> bool:
    status = row.cell("status").lower()
    if status and status not in _STATUS:
        index.error(row, "status", Problem.UNKNOWN_CODE, status)
    if status in _CLOSED:
        index.lost(row, "status", Problem.NOT_ACTIVE, row.cell("name"))
    return status not in _CLOSED


def _is_bad(service: Record, index: Index) -> bool:
    """Whether something is wrong in a service, in its parts, or in its provider."""
    provider = index.rows.get(("organization", service.cell("organization_id")))
    return any(
        row in index.broken
        for owner in (service, provider)
        if owner is not None
        for row in _with_parts(owner, index)
    )


def _with_parts(owner: Record, index: Index) -> Iterator[Record]:
    yield owner
    for part in index.around.get((owner.table, owner.cell("id")), []):
        yield part
        # What says something of a part; and services are no parts of their provider.
        yield from index.around.get((part.table, part.cell("id")), [])


def _validity(index: Index, drafts: Sequence[Draft], as_of: date) -> tuple[date, date]:
    """From the first to the last day that the schedules name, and every edition within."""
    rows = [row for row in index.rows.values() if row.table == "schedule"]
    firsts = [day for row in rows if (day := day_of(row.cell("valid_from")))]
    lasts = [day for row in rows if (day := day_of(row.cell("valid_to")))]
    starts = [start for draft in drafts for start in draft.values["starts"]]
    first = min(firsts, default=as_of)
    last = max(lasts, default=months_later(max(first, as_of), _VALID_MONTHS))
    return min([first, *starts]), max([last, first, *starts])
