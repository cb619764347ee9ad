"""What ``valoriamo benchmark italian-extraction`` prints for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from training.benchmarks.italian_extraction_set import RowKind

_RATES = ("precision", "recall", "f1")
_UNKNOWN = "-"


def print_extraction_report(console: Console, report: Mapping[str, Any]) -> None:
    """Print what was measured over all rows, then the means over documents of each kind."""
    rows, concepts = report["rows"], report["concepts"]
    console.print(
        f"{report['benchmark']}, split {report['split']}: {report['documents']} documents "
        f"({report['refused']} refused), {rows['skill']} skill rows, {rows['occupation']} "
        f"occupation rows, as of {report['as_of']}"
    )
    console.print(
        f"read with the {report['taxonomy']}: {concepts['skills']} skills, "
        f"{concepts['occupations']} occupations; 95% intervals, documents drawn "
        f"{report['draws']} times"
    )
    names = [f"{prefix}{rate}" for prefix in ("", "occupation_") for rate in _RATES]
    names.append("occupation_hit@1")
    kinds = report["by_kind"].items()
    means = [f"mean of {found['documents']} {kind}" for kind, found in kinds]
    table = Table("", "all rows", *means, box=box.SIMPLE, padding=0)
    for name in names:
        table.add_row(name, *(_interval(one, name) for one in (report, *dict(kinds).values())))
    console.print(table)
    for kind, prefix in ((RowKind.SKILL, ""), (RowKind.OCCUPATION, "occupation_")):
        outside, recall = (
            report[f"{prefix}{name}"] for name in ("outside_taxonomy", "taxonomy_recall")
        )
        console.print(
            f"{_number(outside)} of the {kind} rows are of concepts that the product does not "
            f"know; recall of the others {_number(recall)}"
        )
    if report["boilerplate_texts"] is not None:
        console.print(
            f"{report['boilerplate_texts']} texts in which nothing may be found: "
            f"{report['boilerplate_skills']} skills and {report['boilerplate_occupations']} "
            "occupations found"
        )
    if report["agreement"] is not None:
        agreed = report["agreement"]
        console.print(
            f"two annotators, {agreed['documents']} documents: F1 of skills "
            f"{_number(agreed['f1'])}, of occupations {_number(agreed['occupation_f1'])}; a main "
            f"occupation in common in {_number(agreed['main'])}"
        )


def print_errors(console: Console, found: Iterable[Mapping[str, Any]]) -> None:
    """Print misses (-) and false findings (+), each with its words."""
    for entry in found:
        hit = {None: "", True: ", main occupation right", False: ", main occupation wrong"}
        console.print(Text(f"{entry['document']}{hit[entry['main']]}", style="bold"))
        for kind in RowKind:
            for sign, what in (("-", "missed"), ("+", "false")):
                for item in entry[kind][what]:
                    words = ", ".join(f"«{' '.join(quote.split())}»" for quote in item["evidence"])
                    console.print(Text(f"  {sign} {kind}: {item['label'] or item['uri']} {words}"))


def _interval(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None:
        return _UNKNOWN
    return f"{row[name]:.3f} {row[name + '_low']:.3f}..{row[name + '_high']:.3f}"


def _number(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.3f}"
