"""Which column is which field: by heading, by a likeness that a person confirms, or as told."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from matching.errors import InputError
from matching.interchange.fields import FileKind, fields_of
from matching.interchange.refused import Ground, ground_of, normal_heading

IGNORED = ""
"""In place of a field: the column is not read."""

_ALIKE = 84.0
"""From this likeness (``rapidfuzz.fuzz.token_sort_ratio``, 0 to 100) a field is proposed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A field that a column may be, to be confirmed, and how alike the headings are."""

    heading: str
    field: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A column that no file may have, and why."""

    heading: str
    ground: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What each column is. ``columns`` are fields by heading.

    ``proposals`` are not read until somebody confirms them; ``unread`` are columns that no field
    is known for; ``missing`` are fields without which no row can be taken.
    """

    columns: Mapping[str, str]
    proposals: tuple[Proposal, ...] = ()
    unread: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


def map_columns(
    headings: tuple[str, ...], kind: FileKind, told: Mapping[str, str] | None = None
) -> ColumnMapping:
    """Which column is which field.

    Parameters
    ----------
    headings
        As they stand in the file.
    kind
        What the rows are.
    told
        Fields by heading, as a person says; :data:`IGNORED` for a column that is not to be read.

    Raises
    ------
    InputError
        For a heading or a field that there is not, or one field told for two columns.
    """
    fields = {field.name: field for field in fields_of(kind)}
    named = {heading.casefold(): heading for heading in headings if heading}
    columns: dict[str, str] = {}
    ignored: set[str] = set()
    for heading, name in (told or {}).items():
        actual = named.get(heading.strip().casefold())
        if actual is None:
            # Neither is repeated: a heading could be anything, also somebody's name.
            raise InputError(
                "A field is given for a column that the file does not have; write its heading as "
                "it stands in the file."
            )
        if name == IGNORED:
            ignored.add(actual)
        elif name not in fields:
            raise InputError(
                f"A field is given that {kind} do not have; give one of {', '.join(fields)}."
            )
        elif name in columns.values():
            raise InputError(f"The field {name!r} is given for two columns; choose one.")
        else:
            columns[actual] = name
    refused = tuple(
        Refusal(heading, ground) for heading in named.values() if (ground := ground_of(heading))
    )
    left = [
        heading
        for heading in named.values()
        if heading not in columns
        and heading not in ignored
        and heading not in {one.heading for one in refused}
    ]
    known = {
        normal_heading(word): field.name for field in fields.values() for word in field.headings
    }
    known |= {normal_heading(name): name for name in fields}
    taken = set(columns.values())
    for heading in list(left):
        name = known.get(normal_heading(heading), "")
        if name and name not in taken:
            columns[heading] = name
            taken.add(name)
            left.remove(heading)
    proposals = tuple(_proposals(left, known, taken))
    proposed = {one.heading for one in proposals}
    return ColumnMapping(
        columns=columns,
        proposals=proposals,
        unread=tuple(
            one for one in headings if one in ignored or one in left and one not in proposed
        ),
        missing=tuple(
            field.name for field in fields.values() if field.is_required and field.name not in taken
        ),
        refused=refused,
    )


def usable(mapping: ColumnMapping) -> Mapping[str, str]:
    """The columns of a mapping that rows may be read with.

    Raises
    ------
    InputError
        For a column that may not be there, one that nobody confirmed, or a field that is missing.
    """
    if mapping.refused:
        grounds = ", ".join(sorted({str(one.ground) for one in mapping.refused}))
        raise InputError(
            f"The file has columns that may not be collected here ({grounds}): a preview names "
            "them. Delete them from the file, also where they are blank, and send it again."
        )
    if mapping.proposals:
        names = ", ".join(one.field for one in mapping.proposals)
        raise InputError(
            f"Nobody has confirmed which columns are {names}: a preview proposes them. Say it of "
            "each, or that it is not to be read."
        )
    if mapping.missing:
        raise InputError(
            f"No column is {', '.join(mapping.missing)}, without which no row can be taken. Name "
            "the column so, or say which one it is."
        )
    return mapping.columns


def _proposals(left: list[str], known: Mapping[str, str], taken: set[str]) -> list[Proposal]:
    found: list[Proposal] = []
    for heading in left:
        best = process.extractOne(
            normal_heading(heading), list(known), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE
        )
        if best is not None and known[best[0]] not in taken:
            found.append(Proposal(heading, known[best[0]], round(best[1])))
            taken.add(known[best[0]])
    # A field that is only proposed is still missing until somebody confirms it.
    taken -= {one.field for one in found}
    return found
