"""How the cells of a table row become lines of text."""

from collections.abc import Iterable, Sequence

CELL_SEPARATOR = "\t"


def join_cells(cells: Iterable[Sequence[str]]) -> list[str]:
    r"""Join the lines of the cells of one row.

    A cell of one line shares its line with the next cell, so a date stays beside its job. A
    cell of several lines ends its line: such rows are page layout (a side column and a main
    column), to be read cell by cell.

    >>> join_cells([["2011-2016"], ["Magazziniere", "Carico e scarico"]])
    ['2011-2016\tMagazziniere', 'Carico e scarico']
    >>> join_cells([["Contatti", "Telefono"], ["Esperienze", "Magazziniere"]])
    ['Contatti', 'Telefono', 'Esperienze', 'Magazziniere']
    """
    joined: list[str] = []
    open_line = False
    for cell in cells:
        lines = list(cell)
        if not any(line.strip() for line in lines):
            continue
        if open_line:
            joined[-1] += CELL_SEPARATOR + lines.pop(0)
        joined.extend(lines)
        open_line = len(cell) == 1
    return joined
