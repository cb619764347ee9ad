"""Notices from files: ``notices.toml`` says which version, ``notice.*.md`` its text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from matching.errors import InputError, UnknownError
from matching.store import Work
from matching.store.tables import notice_versions, notices_given
from matching.territory.reading import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeText:
    """A notice in one language."""

    version: str
    language: str
    valid_from: date
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeThere:
    """A notice on record, and how often it was given."""

    version: str
    language: str
    valid_from: date
    given: int


def read_notices(folder: Path) -> Sequence[NoticeText]:
    """Read the notices of a folder.

    Raises
    ------
    TerritoryError
        Where ``notices.toml`` is missing or faulty.
    InputError
        Where a text cannot be read, or does not say which version it is.
    """
    file = read_toml(folder / "notices.toml")
    version, valid_from = file.text("version"), file.day("valid_from")
    languages = file.texts("languages")
    file.finish()
    found = []
    for language in languages:
        path = folder / f"notice.{language}.md"
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: the notice cannot be read: {error}.") from error
        if version not in text:
            raise InputError(f"{path}: the notice does not say that it is version {version!r}.")
        found.append(
            NoticeText(version=version, language=language, valid_from=valid_from, text=text)
        )
    return found


def notice_text(work: Work, version: str, language: str) -> NoticeText:
    """A notice as it is on record.

    Raises
    ------
    UnknownError
        Where there is none of that version in that language.
    """
    row = work.first(
        notice_versions,
        notice_versions.c.version == version,
        notice_versions.c.language == language,
    )
    if row is None:
        raise UnknownError(f"There is no notice {version!r} in {language!r}.")
    return NoticeText(
        version=row.version, language=row.language, valid_from=row.valid_from, text=row.text
    )


def notices_there(work: Work) -> Sequence[NoticeThere]:
    """The notices on record, and how often each was given in the hubs of whoever acts."""
    order = [notice_versions.c.valid_from, notice_versions.c.version, notice_versions.c.language]
    return [
        NoticeThere(
            version=row.version, language=row.language, valid_from=row.valid_from,
            given=work.count(
                notices_given,
                sa.and_(
                    notices_given.c.version == row.version,
                    notices_given.c.language == row.language,
                ),
            ),
        )
        for row in work.rows(notice_versions, order=order)
    ]  # fmt: skip
