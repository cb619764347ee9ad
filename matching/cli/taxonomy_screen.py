"""What ``taxonomy import`` and ``info`` print: for people, and as JSON."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.taxonomy.esco import ImportedTaxonomy, ImportReport
from matching.taxonomy.esco.coverage import Coverage, ItalianCoverage
from matching.wording import Wording

# Asked for by the Commission of whoever uses ESCO, in these words.
ATTRIBUTION = "This service uses the ESCO classification of the European Commission."
_WIDEST = 120
_SHOWN = 3


def info_row(imported: ImportedTaxonomy, counted: Coverage) -> dict[str, Any]:
    """An import as JSON."""
    return {
        "version": imported.version,
        "languages": list(imported.languages),
        "concepts": len(imported),
        "kinds": dict(sorted(counted.kinds.items())),
        "by_language": {name: asdict(one) for name, one in counted.languages.items()},
        "italian": {
            "occupations": _italian_row(counted.occupations),
            "skills": _italian_row(counted.skills),
        },
        "essential": counted.essential,
        "optional": counted.optional,
        "lexicon": {
            "joined": counted.lexicon_joined,
            "unknown": counted.lexicon_unknown,
            "own": counted.lexicon_own,
        },
        "digest": imported.digest,
        "folder": str(imported.folder),
        "attribution": ATTRIBUTION,
    }


def empty_row(folder: Path) -> dict[str, Any]:
    """That nothing was imported, as JSON."""
    return {"version": None, "languages": [], "concepts": 0, "folder": str(folder)}


def report_row(
    report: ImportReport, imported: ImportedTaxonomy, counted: Coverage
) -> dict[str, Any]:
    """What an import did, as JSON."""
    return {
        **info_row(imported, counted),
        "replaced": report.replaced,
        "added": list(report.added),
        "left_out": {
            name: {"rows": left.total, "concepts": sorted(left.rows)}
            for name, left in report.left_out.items()
        },
    }


def print_report(console: Console, report: ImportReport, wording: Wording) -> None:
    """What an import did."""
    key = "taxonomy.replaced" if report.replaced else "taxonomy.imported"
    added = wording.list(report.added, most=len(report.added)) or "-"
    console.print(
        Text(wording.say(key, version=report.version, before=report.replaced, languages=added))
    )
    for name, left in report.left_out.items():
        examples = wording.list(sorted(left.rows), most=_SHOWN)
        sentence = wording.say(
            "taxonomy.left_out",
            file=name,
            rows=left.total,
            concepts=len(left.rows),
            list=examples,
        )
        console.print(Text(sentence))


def print_info(
    console: Console, imported: ImportedTaxonomy, counted: Coverage, wording: Wording
) -> None:
    """What was imported."""
    say = wording.say
    console.print(Text(say("taxonomy.title", version=imported.version, concepts=len(imported))))
    kinds = ", ".join(
        say(f"taxonomy.kind_{kind}", count=count) for kind, count in sorted(counted.kinds.items())
    )
    console.print(Text(kinds))
    console.print(
        Text(say("taxonomy.needs", essential=counted.essential, optional=counted.optional))
    )
    console.print(_languages(console, counted, wording))
    for key, one in (("occupations", counted.occupations), ("skills", counted.skills)):
        console.print(Text(say(f"taxonomy.italian_{key}", **_said(one))))
    console.print(
        Text(
            say(
                "taxonomy.lexicon",
                joined=counted.lexicon_joined,
                own=counted.lexicon_own,
                unknown=counted.lexicon_unknown,
            )
        )
    )
    console.print(Text(str(imported.folder), style="dim"), soft_wrap=True)
    console.print(Text(ATTRIBUTION))


def print_empty(console: Console, folder: Path, wording: Wording) -> None:
    """That nothing was imported, and what that means."""
    console.print(Text(wording.say("taxonomy.none", folder=folder)))


def _languages(console: Console, counted: Coverage, wording: Wording) -> Table:
    table = Table(box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False)
    table.add_column(wording.say("taxonomy.language"))
    for key in ("skills", "occupations", "groups", "labels", "descriptions"):
        table.add_column(wording.say(f"taxonomy.{key}"), justify="right")
    for language, one in counted.languages.items():
        counts = (one.skills, one.occupations, one.groups, one.labels, one.descriptions)
        table.add_row(language, *map(str, counts))
    return table


def _said(one: ItalianCoverage) -> dict[str, object]:
    return {
        "share": one.share,
        "total": one.total,
        "imported": one.from_import,
        "lexicon": one.from_lexicon,
    }


def _italian_row(one: ItalianCoverage) -> dict[str, Any]:
    return {**asdict(one), "share": round(one.share, 4)}
