"""``models promote``, ``confirm`` and ``rollback`` in an installation: signed, and on record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from rich.console import Console
from rich.text import Text

from matching.cli.installation import Installation, installed
from matching.cli.signing import signed
from matching.cli.telling import say
from matching.domain.access import Actor
from matching.errors import ConflictError
from matching.hub.accounts import account
from matching.hub.model_changes import (
    ModelChange,
    carry_out,
    confirm,
    open_change,
    propose,
    roll_back,
    settle,
)
from matching.models.registry import Registry
from matching.settings import Settings
from matching.store import Work
from matching.wording import Wording

_DIGEST_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedChanges:
    """Changes of which model serves in an installation; ``by`` is the account that signs.

    Each raises a ``ModelError`` where the registry refuses, a ``RefusedError`` where whoever signs
    may not, or something else stands in the way.
    """

    found: Installation = field(repr=False)
    registry: Registry
    words: Wording = field(repr=False)
    by: str | None = field(repr=False)
    on: date

    def promote(self, name: str, version: int | None) -> None:
        """Propose a version, by default the candidate: nothing serves before it is confirmed."""
        self._settle(name)
        candidate = self.registry.promotable(name, version)
        with self.found.store.writing(self._signed()) as work:
            change = propose(work, candidate)
        self._say("models.proposed", change)

    def confirm(self, name: str) -> None:
        """Confirm what another person proposed, and put it into service."""
        self._settle(name)
        with self.found.store.reading(self.found.actor()) as work:
            change = open_change(work, name)
            if change is None:
                raise ConflictError(
                    f"Nothing is proposed for the {name}. Propose it: valoriamo models promote "
                    f"{name}."
                )
            proposer = account(work, change.by).username
        shown = self.words.say(
            "models.to_confirm", name=name, version=change.version,
            digest=change.digest[:_DIGEST_SHOWN], by=proposer, on=date.fromisoformat(change.on),
        )  # fmt: skip
        Console(stderr=True).print(Text(shown))
        self._carry_out(self._signed(), lambda work: confirm(work, change))

    def rollback(self, name: str) -> None:
        """Put back the version that served before, at once."""
        self._settle(name)
        former = self.registry.before(name)
        self._carry_out(self._signed(), lambda work: roll_back(work, former))

    def _signed(self) -> Actor:
        return signed(self.found, self.words, self.by)

    def _carry_out(self, actor: Actor, decide: Callable[[Work], ModelChange]) -> None:
        done = carry_out(self.found.store, self.registry, decide, actor=actor, on=self.on)
        self._say("models.carried_out", done)

    def _settle(self, name: str) -> None:
        cut = settle(self.found.store, self.registry, name)
        if cut is not None:
            self._say(f"models.cut_{cut.step}", cut)

    def _say(self, key: str, change: ModelChange) -> None:
        say(
            self.words, key, name=change.name, version=change.version,
            digest=change.digest[:_DIGEST_SHOWN],
        )  # fmt: skip


@contextmanager
def signed_changes(
    settings: Settings, words: Wording, *, by: str | None, on: date
) -> Iterator[SignedChanges]:
    """Changes in the installation of the settings, which is closed afterwards."""
    with installed(settings) as found:
        yield SignedChanges(
            found=found, registry=Registry(settings.home), words=words, by=by, on=on
        )
