"""What is examined beside the database: models, taxonomy, lexicon, disk, backups."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from matching.errors import DataError, StoreError
from matching.models.loading import load
from matching.models.package import Kind
from matching.operations.findings import Aspect, Finding, failed, warning, well
from matching.operations.frames import read_header
from matching.operations.places import Clock, Places, database_file
from matching.settings import Settings, taxonomy_folder
from matching.taxonomy import load_lexicon
from matching.taxonomy.esco import is_imported, open_imported

_MEGABYTE = 1024 * 1024
_TOO_LITTLE, _LITTLE = 256 * _MEGABYTE, 2048 * _MEGABYTE
_DAYS = 2
"""After how many days without a backup somebody should look."""

_LEFT_BEHIND = (".backup-*", ".restore-*", ".*.restoring")


def file_findings(
    places: Places, settings: Settings, *, backups: Path | None, clock: Clock
) -> Iterator[Finding]:
    """Every finding outside the database."""
    yield from _registry(places.home)
    yield _taxonomy(settings)
    yield _lexicon(settings)
    yield _disk(places.home)
    if backups is not None:
        yield _backups(backups, clock())
    yield from _left_behind(places)


def _registry(home: Path) -> Iterator[Finding]:
    for kind in Kind:
        loaded = load(home, kind)
        if loaded.problems:
            yield warning(Aspect.REGISTRY, "doctor.refused", error=" ".join(loaded.problems))
        elif loaded.stamp is None:
            yield well(Aspect.REGISTRY, "doctor.no_model", name=str(kind))
        else:
            yield well(
                Aspect.REGISTRY, "doctor.model", name=str(kind), version=loaded.stamp.version
            )


def _taxonomy(settings: Settings) -> Finding:
    folder = taxonomy_folder(settings)
    if not is_imported(folder):
        return well(Aspect.TAXONOMY, "doctor.no_taxonomy")
    try:
        open_imported(folder)
    except DataError as error:
        return warning(Aspect.TAXONOMY, "doctor.refused", error=str(error))
    return well(Aspect.TAXONOMY, "doctor.taxonomy", folder=str(folder))


def _lexicon(settings: Settings) -> Finding:
    folder = settings.lexicon_dir or settings.data_dir / "lexicon"
    try:
        load_lexicon(folder)
    except DataError as error:
        return failed(Aspect.LEXICON, "doctor.refused", error=str(error))
    return well(Aspect.LEXICON, "doctor.lexicon")


def _disk(home: Path) -> Finding:
    try:
        free = shutil.disk_usage(home).free
    except OSError as error:
        return failed(Aspect.DISK, "doctor.refused", error=f"{home}: {error.strerror}.")
    megabytes = free // _MEGABYTE
    if free < _TOO_LITTLE:
        return failed(Aspect.DISK, "doctor.disk_full", megabytes=megabytes, folder=str(home))
    if free < _LITTLE:
        return warning(Aspect.DISK, "doctor.disk_full", megabytes=megabytes, folder=str(home))
    return well(Aspect.DISK, "doctor.disk", megabytes=megabytes)


def _backups(folder: Path, now: datetime) -> Finding:
    made = [moment for path in _files(folder) if (moment := _made_at(path)) is not None]
    if not made:
        return failed(Aspect.BACKUPS, "doctor.no_backup", folder=str(folder))
    age = now - max(made)
    if age > timedelta(days=_DAYS):
        return warning(Aspect.BACKUPS, "doctor.old_backup", days=age.days)
    return well(Aspect.BACKUPS, "doctor.backup", moment=f"{max(made):%Y-%m-%d %H:%M}")


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*")) if path.is_file()]


def _made_at(path: Path) -> datetime | None:
    """When a backup was made, None for another file."""
    try:
        with path.open("rb") as file:
            return datetime.fromisoformat(read_header(file, path).made_at)
    except (StoreError, OSError, ValueError):
        return None


def _left_behind(places: Places) -> Iterator[Finding]:
    """What a backup or a restore that was killed left: whole databases, in the clear."""
    file = database_file(places.database)
    folders = {places.home, *(() if file is None else (file.parent,))}
    for folder in sorted(folders):
        for pattern in _LEFT_BEHIND:
            for path in sorted(folder.glob(pattern)):
                yield warning(Aspect.BACKUPS, "doctor.left_behind", path=str(path))
    begun = places.anchor.with_name(f"{places.anchor.name}.restored")
    if begun.exists():
        yield warning(Aspect.BACKUPS, "doctor.restore_cut", path=str(begun))
