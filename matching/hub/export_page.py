"""The page of an export: everything about a person in words, for her to read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from matching.domain.days import day_at
from matching.hub.page import facts, heading, page, paragraph, points, table
from matching.hub.privacy_words import TableWords
from matching.wording import Wording


def person_page(
    data: Mapping[str, Any], files: Sequence[str], words: TableWords, wording: Wording
) -> str:
    """The page: what is kept, table by table; results; the journal; what her rights are."""
    say = wording.say
    made = day_at(datetime.fromisoformat(data["made_at"]))
    return page(
        say("export.title"),
        [paragraph(say("export.intro", on=made)), *_parts(data, files, words, wording)],
        language=words.language,
    )


def _parts(
    data: Mapping[str, Any], files: Sequence[str], words: TableWords, wording: Wording
) -> Iterator[str]:
    say = wording.say
    for name, rows in data["tables"].items():
        if rows:
            yield heading(words.table(name))
            yield from (_row(row, words) for row in rows)
    for key, title in (
        ("household", say("export.household")),
        ("protected", say("export.protected")),
        ("account", say("export.account")),
        ("reserved_reports", say("export.reserved")),
        ("results", say("export.results")),
    ):
        found = data[key]
        if found:
            yield heading(title)
            rows = found if isinstance(found, list) else [found]
            yield from (_row(row, words) for row in rows)
    yield heading(say("export.files"))
    yield points(files) if files else paragraph(say("export.no_files"))
    yield heading(say("export.journal"))
    yield table(
        [say("export.when"), say("export.role"), say("export.act"), say("export.detail")],
        (_entry(one) for one in data["journal"]),
    )
    yield heading(say("export.rights"))
    yield paragraph(say("export.rights_text"))


def _row(row: Mapping[str, Any], words: TableWords) -> str:
    return f'<div class="row">{facts(row, names=words.columns)}</div>'


def _entry(entry: Mapping[str, Any]) -> list[str]:
    detail = json.loads(entry["detail"])
    said = "; ".join(f"{name}: {value}" for name, value in sorted(detail.items()))
    return [str(entry["at"])[:16].replace("T", " "), entry["role"], entry["act"], said]
