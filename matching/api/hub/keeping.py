"""What rights and retention need of an installation: its months, its words, a file outside."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from matching.domain.access import Actor
from matching.hub.erasure import clear_log
from matching.hub.privacy_words import TableWords, load_table_words
from matching.hub.retention import erased_so_far
from matching.hub.retention_policy import RetentionPolicy, load_retention
from matching.operations.erased_file import note_missing
from matching.operations.places import places_of
from matching.settings import Settings
from matching.store import Store
from matching.territory import territory_folder


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """The months of the territory, what tables are called, and the file of whoever was erased."""

    policy: RetentionPolicy
    words: TableWords = field(repr=False)
    erased: Path


def open_keeping(settings: Settings) -> Keeping:
    """Read what the settings name.

    Raises
    ------
    TerritoryError
        For a territory without months, or words of tables that are not complete.
    """
    folder = territory_folder(settings.data_dir / "territories", settings.territory)
    return Keeping(
        policy=load_retention(folder),
        words=load_table_words(settings.data_dir / "privacy", settings.language),
        erased=places_of(settings).erased,
    )


def after_erasing(keeping: Keeping, store: Store, actor: Actor) -> None:
    """Note outside the database who was erased, also by whoever was killed before; clear the log.

    Raises
    ------
    StoreError
        Where it cannot be noted. The erasure is done; the next one, and every night's work, note
        it again.
    """
    with store.reading(actor) as work:
        gone = erased_so_far(work)
    note_missing(keeping.erased, gone)
    clear_log(store)


def _keeping(request: Request) -> Keeping:
    keeping = request.app.state.keeping
    if not isinstance(keeping, Keeping):
        raise TypeError(f"create_hub_app keeps a Keeping, not {type(keeping).__name__}.")
    return keeping


TheKeeping = Annotated[Keeping, Depends(_keeping)]
