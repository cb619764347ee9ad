"""Rows by what they belong to: the parts of a service, the attributes of a row, terms by code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matching.accompaniment.hsds.findings import Finding, Gravity, Problem
from matching.accompaniment.hsds.limits import Limits
from matching.accompaniment.hsds.tables import TABLES, Record
from matching.accompaniment.hsds.vocabulary import CODES, Held, Scheme, scheme_of

_PARTS = (
    "service_at_location",
    "schedule",
    "cost_option",
    "funding",
    "required_document",
    "service_area",
    "language",
    "phone",
    "contact",
)


@dataclass(frozen=True, slots=True)
class Coded:
    """An attribute of one of our taxonomies: what it says, and the row that says it."""

    scheme: Scheme
    code: str
    link_type: str
    value: str
    row: Record


@dataclass(slots=True)
class Index:
    """The rows of a file, put in order, with what could not be.

    ``around`` are the rows that say something of a row, ``broken`` those with an error.
    """

    services: list[Record] = field(default_factory=list)
    rows: dict[tuple[str, str], Record] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    attributes: dict[tuple[str, str], list[Coded]] = field(default_factory=dict)
    around: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[Record] = field(default_factory=set)

    def part(self, table: str, owner: str) -> list[Record]:
        """The rows of a table that belong to a service or an organization."""
        return self.parts.get((table, owner), [])

    def coded(self, entity: str, code: str, scheme: Scheme, link_type: str = "") -> list[Coded]:
        """The attributes of a row in one taxonomy, in their order."""
        return [
            one
            for one in self.attributes.get((entity, code), [])
            if one.scheme is scheme and link_type in ("", one.link_type)
        ]

    def held(self, entity: str, code: str, name: Held) -> Coded | None:
        """The attribute that holds a field of ours, None where there is none."""
        found = self.coded(entity, code, Scheme.FIELD)
        return next((one for one in found if one.code == name), None)

    def error(self, row: Record, column: str, problem: Problem, value: str = "") -> None:
        """Note that a cell cannot be used, which breaks its row."""
        self.broken.add(row)
        self._note(Gravity.ERROR, row, column, problem, value)

    def lost(self, row: Record, column: str, problem: Problem, value: str = "") -> None:
        """Note what there is no place for."""
        self._note(Gravity.NOT_READ, row, column, problem, value)

    def to_complete(self, row: Record, column: str, value: str = "") -> None:
        """Note what the file does not say, and a person has to."""
        self._note(Gravity.TO_COMPLETE, row, column, Problem.MISSING, value)

    def _note(
        self, gravity: Gravity, row: Record, column: str, problem: Problem, value: str
    ) -> None:
        self.findings.append(
            Finding(
                gravity=gravity,
                file=row.file,
                line=row.line,
                field=column,
                problem=problem,
                value=value,
            )
        )


def index_of(records: Iterable[Record], limits: Limits) -> Index:
    """Put rows in order, noting repeated identifiers, cells too long, and rows of nobody."""
    index = Index()
    attributes: list[Record] = []
    loose: list[Record] = []
    for row in records:
        if _usable(row, index, limits):
            index.rows[row.table, row.cell("id")] = row
        if row.table == "service":
            index.services.append(row)
        elif row.table == "attribute":
            attributes.append(row)
        elif row.table in _PARTS:
            loose.append(row)
    for row in loose:
        _belong(row, index)
    for row in index.rows.values():
        if row.table == "location" and row.cell("organization_id"):
            index.parts.setdefault(("location", row.cell("organization_id")), []).append(row)
        if row.table == "address":
            index.parts.setdefault(("address", row.cell("location_id")), []).append(row)
    for row in attributes:
        _attribute(row, index)
    return index


def _usable(row: Record, index: Index, limits: Limits) -> bool:
    for column, value in row.cells.items():
        if len(value) > limits.cell:
            index.error(row, column, Problem.TOO_LONG, value)
    for column in TABLES[row.table].required:
        if not row.cell(column):
            index.error(row, column, Problem.MISSING)
    code = row.cell("id")
    if code and (row.table, code) in index.rows:
        # A part that is nested in JSON may be told again elsewhere: its identifier leads nowhere.
        if row.tabular or row.table in ("service", "organization"):
            index.error(row, "id", Problem.REPEATED, code)
        return False
    return bool(code)


def _belong(row: Record, index: Index) -> None:
    """Put a part beside its service, or its organization, which must be there."""
    owners: Mapping[str, str] = {
        "service_id": "service",
        "organization_id": "organization",
    }
    for column, owner in owners.items():
        code = row.cell(column)
        if not code:
            continue
        if (owner, code) in index.rows:
            index.parts.setdefault((row.table, code), []).append(row)
            index.around.setdefault((owner, code), []).append(row)
        else:
            index.error(row, column, Problem.UNKNOWN_REFERENCE, code)


def _attribute(row: Record, index: Index) -> None:
    entity, link = row.cell("link_entity"), row.cell("link_id")
    index.around.setdefault((entity, link), []).append(row)
    term = index.rows.get(("taxonomy_term", row.cell("taxonomy_term_id")))
    if term is None:
        if row.cell("taxonomy_term_id"):
            index.error(
                row, "taxonomy_term_id", Problem.UNKNOWN_REFERENCE, row.cell("taxonomy_term_id")
            )
        return
    scheme = _scheme(term, index)
    if scheme is None:
        index.lost(row, "taxonomy_term_id", Problem.NOT_KNOWN_HERE, term.cell("name"))
        return
    if (entity, link) not in index.rows:
        index.error(row, "link_id", Problem.UNKNOWN_REFERENCE, link)
        return
    code = term.raw("code")
    coded = Coded(scheme, code, row.cell("link_type"), row.raw("value"), row)
    index.attributes.setdefault((entity, link), []).append(coded)
    if scheme in CODES and code not in list(CODES[scheme]):
        index.error(row, f"{scheme}", Problem.UNKNOWN_CODE, code)


def _scheme(term: Record, index: Index) -> Scheme | None:
    """The taxonomy of a term, by its own text or by the row that it names."""
    found = scheme_of(term.cell("taxonomy"))
    if found is None:
        taxonomy = index.rows.get(("taxonomy", term.cell("taxonomy_id")))
        found = None if taxonomy is None else scheme_of(taxonomy.cell("uri"))
    return found
