"""The record of processing, the data map and the impact assessment's facts, from the schema.

GDPR articles 30 and 35. Nothing is typed in twice: a column says what it is kept for, a table in
which lane it is, the territory for how long, ``data/privacy`` why.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from matching.access.matrix import MATRIX
from matching.accompaniment.hsds.cells import neutralised
from matching.hub.page import heading, page, paragraph, points, table
from matching.hub.privacy_words import TableWords
from matching.hub.retention_policy import RetentionPolicy
from matching.operations.purposes import PrivacyTexts
from matching.store.columns import Lane, Purpose
from matching.store.tables import metadata
from matching.wording import Wording

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the three documents are made of, in one language."""

    texts: PrivacyTexts
    words: TableWords
    policy: RetentionPolicy
    wording: Wording
    as_of: date


def register_rows(facts: Facts) -> Sequence[Row]:
    """One row for each purpose (art. 30(1))."""
    rows = []
    for purpose, text in facts.texts.purposes.items():
        held = [one for one in metadata.sorted_tables if purpose in _purposes(one)]
        lanes = sorted({Lane(one.info["lane"]) for one in held})
        rows.append(
            {
                "purpose": purpose.value, "title": text.title, "text": text.text,
                "basis": text.basis, "people": text.people, "recipients": text.recipients,
                "data": "; ".join(facts.words.table(one.name) for one in held),
                "kept": "; ".join(f"{lane_name(facts, lane)}: {kept_for(facts, lane)}"
                                  for lane in lanes),
            }
        )  # fmt: skip
    return rows


def map_rows(facts: Facts) -> Sequence[Row]:
    """One row for each column of each table."""
    say = facts.wording.say
    return [
        {
            "table": one.name, "holds": facts.words.table(one.name),
            "subject": _subject(facts, one), "lane": lane_name(facts, Lane(one.info["lane"])),
            "kept": kept_for(facts, Lane(one.info["lane"])), "column": column.name,
            "called": facts.words.column(column.name),
            "purpose": facts.texts.purposes[column.info["purpose"]].title,
            "form": say("privacy.sealed") if _is_sealed(column) else say("privacy.open"),
        }
        for one in sorted(metadata.sorted_tables, key=lambda each: each.name)
        for column in one.columns
    ]  # fmt: skip


def register_files(facts: Facts) -> Mapping[str, bytes]:
    """The record of processing as HTML, JSON and CSV, by name of file."""
    return _files(facts, "register", register_rows(facts), _register_page)


def map_files(facts: Facts) -> Mapping[str, bytes]:
    """The data map as HTML, JSON and CSV, by name of file."""
    return _files(facts, "map", map_rows(facts), _map_page)


def lane_name(facts: Facts, lane: Lane) -> str:
    """What a lane is called."""
    return facts.wording.say(f"privacy.lane_{lane}")


def kept_for(facts: Facts, lane: Lane) -> str:
    """For how long a lane keeps."""
    if lane is Lane.ALWAYS:
        return facts.wording.say("privacy.always")
    return facts.wording.say("privacy.months", months=facts.policy.lanes[lane].months)


def header(facts: Facts) -> Iterator[str]:
    """What stands at the head of each document: as of when, and who must confirm it."""
    say = facts.wording.say
    yield paragraph(say("privacy.confirm", on=facts.texts.as_of))
    if not facts.policy.valid_on(facts.as_of):
        yield paragraph(say("privacy.expired", on=facts.policy.valid_to))
    yield heading(say("privacy.controller"))
    yield paragraph(facts.texts.controller)
    yield heading(say("privacy.why_not_consent"))
    yield paragraph(facts.texts.why_not_consent)
    yield heading(say("privacy.consents"))
    yield points(facts.texts.consents.values())


def retention_table(facts: Facts) -> str:
    """For how long, why and who says so, lane by lane and duty by duty."""
    say = facts.wording.say
    kept = [(lane_name(facts, lane), one) for lane, one in facts.policy.lanes.items()]
    kept += [(say(f"privacy.duty_{duty}"), one) for duty, one in facts.policy.duties.items()]
    return table(
        [say("privacy.lane"), say("privacy.kept"), say("privacy.why"), say("privacy.source")],
        [
            [name, say("privacy.months", months=one.months), one.reason, one.source]
            for name, one in kept
        ],
    )


def roles_by_act() -> Mapping[str, Sequence[str]]:
    """Which roles may do what, as the matrix of access says."""
    return {act.value: sorted(roles) for act, roles in sorted(MATRIX.items())}


def _register_page(facts: Facts, rows: Sequence[Row]) -> str:
    say = facts.wording.say
    parts = [*header(facts)]
    for row in rows:
        parts.append(heading(row["title"]))
        parts.append(paragraph(row["text"]))
        parts.append(
            table(
                ["", ""],
                [
                    [say("privacy.basis"), row["basis"]],
                    [say("privacy.people"), row["people"]],
                    [say("privacy.recipients"), row["recipients"]],
                    [say("privacy.data"), row["data"]],
                    [say("privacy.kept"), row["kept"]],
                ],
            )
        )
    parts += [heading(say("privacy.lane")), retention_table(facts)]
    parts += [heading(say("privacy.measures")), paragraph(say("privacy.measures_text"))]
    return page(say("privacy.register"), parts, language=facts.texts.language)


def _map_page(facts: Facts, rows: Sequence[Row]) -> str:
    say = facts.wording.say
    parts = [paragraph(say("privacy.confirm", on=facts.texts.as_of))]
    for name in sorted({row["table"] for row in rows}):
        own = [row for row in rows if row["table"] == name]
        first = own[0]
        parts.append(heading(f"{first['holds']} ({name})", 3))
        parts.append(paragraph(f"{first['subject']}. {first['lane']}: {first['kept']}."))
        parts.append(
            table(
                [say("privacy.column"), "", say("privacy.purpose"), say("privacy.form")],
                [[row["column"], row["called"], row["purpose"], row["form"]] for row in own],
            )
        )
    return page(say("privacy.map"), parts, language=facts.texts.language)


def _files(
    facts: Facts, name: str, rows: Sequence[Row], made: Callable[[Facts, Sequence[Row]], str]
) -> Mapping[str, bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([neutralised(cell) for cell in row.values()] for row in rows)
    document: dict[str, Any] = {
        "as_of": facts.texts.as_of.isoformat(),
        "controller": facts.texts.controller,
        "rows": rows,
    }
    return {
        f"{name}.html": made(facts, rows).encode(),
        f"{name}.json": json.dumps(document, ensure_ascii=False, indent=1).encode(),
        f"{name}.csv": buffer.getvalue().encode("utf-8-sig"),
    }


def _purposes(one: sa.Table) -> set[Purpose]:
    return {column.info["purpose"] for column in one.columns}


def _subject(facts: Facts, one: sa.Table) -> str:
    subject = one.info["subject"]
    if subject is None:
        return facts.wording.say("privacy.of_nobody")
    by_name = subject in ("pseudonym", "audit_pseudonym")
    return facts.wording.say("privacy.of_pseudonym" if by_name else "privacy.of_person")


def _is_sealed(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.LargeBinary) and "sealed" in column.name
