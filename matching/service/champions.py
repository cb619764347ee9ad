"""The models in service, looked at again while others ask: a promotion needs no restart."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from matching.models.registry import Registry
from matching.models.watch import watch_path
from matching.service.chain import Service
from matching.service.composition import with_models

_Seen = tuple[tuple[int, int, int] | None, ...]


@dataclass
class Champions:
    """The service with the models of a home, made anew where others were put into service.

    ``base`` is the service without learned models. Whoever holds the ``service`` that was made
    before goes on with it: what was begun with a model is finished with it.
    """

    base: Service = field(repr=False)
    home: Path
    service: Service = field(init=False)
    _seen: _Seen = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._seen = self._look()
        self.service = with_models(self.base, self.home, with_risk=True)

    def renewed(self) -> Service | None:
        """The service with what serves now; None where nothing was changed since the last look.

        A look costs nothing unless the registry was written to. Where a model cannot be opened,
        and nothing else can serve in its place, the one before goes on, and it is said.
        """
        seen = self._look()
        if seen == self._seen:
            return None
        found = _unlost(self.service, with_models(self.base, self.home, with_risk=True))
        self._seen = seen
        before = self.service
        said = (before.model, before.risk_model, before.risk_watch, before.problems)
        if said == (found.model, found.risk_model, found.risk_watch, found.problems):
            return None
        self.service = found
        return found

    def _look(self) -> _Seen:
        database = Registry(self.home).database
        return tuple(_identity(path) for path in (database, watch_path(self.home)))


def _unlost(before: Service, found: Service) -> Service:
    """What was found, with a model of before where there is none any longer."""
    said: list[str] = []
    if found.model.digest is None and before.model.digest is not None:
        found = replace(found, ranker=before.ranker, model=before.model)
        said.append(f"{before.model} is no longer to be found, and goes on serving.")
    if found.risk_model is None and before.risk_model is not None:
        found = replace(
            found,
            risk=before.risk,
            risk_model=before.risk_model,
            risk_watch=before.risk_watch,
            risk_reference=before.risk_reference,
            risk_calibration=before.risk_calibration,
        )
        said.append(f"{before.risk_model} is no longer to be found, and goes on serving.")
    return replace(found, problems=(*found.problems, *said))


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
