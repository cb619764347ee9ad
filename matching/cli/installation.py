"""The installation that a command works on, opened as it is served."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from matching.domain.access import EVERYWHERE, Actor, the_system
from matching.settings import Settings
from matching.territory import Territory, load_territory, territory_folder

if TYPE_CHECKING:
    from matching.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The store of an installation and its territory, with the folder that it was read from."""

    store: "Store" = field(repr=False)
    territory: Territory = field(repr=False)
    folder: Path

    @property
    def hubs(self) -> frozenset[str]:
        """The hubs of the territory, and what belongs to all of them."""
        return frozenset({hub.id for hub in self.territory.hubs} | {EVERYWHERE})

    def actor(self) -> Actor:
        """The installation itself, over all its hubs."""
        return the_system(self.hubs)


@contextmanager
def installed(settings: Settings, *, trusts_clock: bool = True) -> Iterator[Installation]:
    """The installation of the settings, closed afterwards; what is odd about it is said on stderr.

    ``trusts_clock`` says that the clock is right although the journal's last entry is of later.

    Raises
    ------
    StoreError, KeyringError, JournalError, SettingsError
        Where it cannot be served; what to do is said.
    """
    from matching.operations.serving import open_for_serving

    folder = territory_folder(settings.data_dir / "territories", settings.territory)
    store = open_for_serving(
        settings,
        said=lambda sentence: typer.echo(sentence, err=True),
        trusts_clock=trusts_clock,
    )
    try:
        yield Installation(store=store, territory=load_territory(folder), folder=folder)
    finally:
        store.engine.dispose()


def check_hub(found: Installation, hub: str) -> None:
    """Refuse a hub that the territory does not have, as an error of usage."""
    known = sorted(found.hubs - {EVERYWHERE})
    if hub not in known:
        raise typer.BadParameter(
            f"the territory {found.territory.code} has no hub {hub!r}; it has {', '.join(known)}.",
            param_hint="--hub",
        )
