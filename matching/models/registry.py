"""The registry of models, on MLflow with a SQLite database: the only module that imports it.

Below the home folder: ``registry/mlflow.db`` holds runs, versions, aliases and the digest of every
version; ``registry/artifacts/<run>/artifacts/package`` the files. MLflow verifies no file and
records absolute places, so files are found from the run's number and verified here, and a home
may be moved.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from matching.errors import ModelError
from matching.models.database import check_database, quiet_mlflow, unusable
from matching.models.gate import Gate
from matching.models.locks import locked
from matching.models.package import Kind, Package, open_model
from matching.models.package_files import read_package, write_package
from matching.models.versions import (
    CANDIDATE,
    CHAMPION,
    HISTORY,
    PREVIOUS,
    Champion,
    Change,
    ModelVersion,
    check_person,
    history_text,
    known_name,
    not_promoted,
    version_from,
    version_tags,
)

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion as Recorded

_PACKAGE = "package"
_PAGE = 200
# Names of metrics such as ndcg@10 are refused by MLflow, which itself writes _at_ for @.
_AT = ("@", "_at_")


@dataclass(frozen=True, slots=True)
class Registry:
    """The versions of every model of one home folder. Making one touches nothing on disk."""

    home: Path

    @property
    def database(self) -> Path:
        """Where MLflow keeps what is no file."""
        return self._folder / "mlflow.db"

    @property
    def artifacts(self) -> Path:
        """Where the files of the packages are."""
        return self._folder / "artifacts"

    def is_there(self) -> bool:
        """Whether a model was ever registered; a ``ModelError`` where one cannot even look."""
        try:
            return self.database.exists()
        except OSError as error:
            raise unusable(self.database, str(error)) from error

    def register(
        self,
        package: Package,
        *,
        parameters: Mapping[str, object],
        metrics: Mapping[str, float],
        gate: Gate | None,
    ) -> ModelVersion:
        """Record a model as a new version, the candidate for promotion.

        Parameters
        ----------
        package
            The model; the gate is put into it, so that its digest covers what it showed.
        parameters, metrics
            What it was trained with, and how well it did: finite numbers.
        gate
            What promotion will ask for; None where it was not examined, and cannot be promoted.

        Raises
        ------
        ModelError
            Where the registry cannot be used, or a metric is no number.
        """
        if strange := [name for name, value in metrics.items() if not isfinite(value)]:
            raise ModelError(
                f"The metric {strange[0]} of the {package.kind} is {metrics[strange[0]]}; leave "
                "out what was not measured."
            )
        if gate is not None:
            package = package.with_gate(gate)
        name = str(package.kind)
        tags = version_tags(package, metrics)
        with self._changing(create=True) as client:
            run_id = self._record_run(client, package, parameters, metrics, tags)
            read_package(self._place(run_id), package.digest)
            if not client.search_registered_models(f"name = '{name}'"):
                client.create_registered_model(name)
            source = self._place(run_id).as_uri()
            made = client.create_model_version(name, source, run_id, tags=tags)
            client.set_registered_model_alias(name, CANDIDATE, str(made.version))
            return _find(client, name, int(made.version))

    def promote(self, name: str, version: int | None = None, *, by: str, on: date) -> ModelVersion:
        """Put a version into service, if its gate is met; without a number, the candidate.

        Parameters
        ----------
        name, version
            The model and its version.
        by, on
            Who decided, and on what day: both are recorded.

        Raises
        ------
        ModelError
            Where the gate is not met (each failed check with its value), the files were altered,
            or there is nothing to promote. What was in service stays in service.
        """
        known_name(name)
        check_person(by)
        with self._changing() as client:
            found, aliases = self._promotable(client, name, version)
            chosen = found.version
            _record(client, found, Change(what="promoted", by=by, on=on))
            if former := aliases.get(CHAMPION):
                client.set_registered_model_alias(name, PREVIOUS, str(former))
            client.set_registered_model_alias(name, CHAMPION, str(chosen))
            if aliases.get(CANDIDATE) == chosen:
                client.delete_registered_model_alias(name, CANDIDATE)
            return _find(client, name, chosen)

    def promotable(self, name: str, version: int | None = None) -> ModelVersion:
        """The version that :meth:`promote` would put into service, examined; nothing is changed.

        Raises
        ------
        ModelError
            Where it would refuse.
        """
        known_name(name)
        with self._changing() as client:
            return self._promotable(client, name, version)[0]

    def rollback(self, name: str, *, by: str, on: date) -> ModelVersion:
        """Put back the version that was in service before the champion.

        Parameters
        ----------
        name
            The model.
        by, on
            Who decided, and on what day: both are recorded, of both versions.

        Raises
        ------
        ModelError
            Where there is none, or its files were altered.
        """
        known_name(name)
        check_person(by)
        with self._changing() as client:
            found, champion = self._before(client, name)
            _record(client, found, Change(what="restored", by=by, on=on))
            withdrawn = Change(what="withdrawn", by=by, on=on)
            _record(client, _find(client, name, champion), withdrawn)
            client.set_registered_model_alias(name, CHAMPION, str(found.version))
            client.delete_registered_model_alias(name, PREVIOUS)
            return _find(client, name, found.version)

    def before(self, name: str) -> ModelVersion:
        """The version that :meth:`rollback` would put back, examined; nothing is changed.

        Raises
        ------
        ModelError
            Where it would refuse.
        """
        known_name(name)
        with self._changing() as client:
            return self._before(client, name)[0]

    def versions(self, name: str | None = None) -> tuple[ModelVersion, ...]:
        """Every version, of one model or of all, the newest first.

        Parameters
        ----------
        name
            The model; None for all.

        Raises
        ------
        ModelError
            Where the registry cannot be used.
        """
        names = [str(kind) for kind in Kind] if name is None else [known_name(name)]
        if not self.is_there():
            return ()
        with self._client() as client:
            found = [version for one in names for version in _versions(client, one)]
        return tuple(sorted(found, key=lambda one: (one.registered_at, one.version), reverse=True))

    def champion(self, name: str) -> Champion | None:
        """The version in service, its files verified; None where there is none.

        Parameters
        ----------
        name
            The model.

        Raises
        ------
        ModelError
            Where the registry cannot be used, or the files were altered.
        """
        found = self.champion_version(name)
        return None if found is None else Champion(self._verified(found), found)

    def champion_version(self, name: str) -> ModelVersion | None:
        """The version in service, its files not looked at; None where there is none."""
        known_name(name)
        if not self.is_there():
            return None
        with self._client() as client:
            version = _aliases(client, name).get(CHAMPION)
            return None if version is None else _find(client, name, version)

    @property
    def _folder(self) -> Path:
        return self.home.absolute() / "registry"

    def _place(self, run_id: str) -> Path:
        """The package of a run, wherever the home is today."""
        return self.artifacts / run_id / "artifacts" / _PACKAGE

    def _promotable(
        self, client: "MlflowClient", name: str, version: int | None
    ) -> tuple[ModelVersion, dict[str, int]]:
        """What may be put into service, and what is named today."""
        aliases = _aliases(client, name)
        chosen = aliases.get(CANDIDATE) if version is None else version
        if chosen is None:
            raise ModelError(
                f"There is no candidate of the {name}: every new version is in service, or "
                f"was. Say which version, or train: valoriamo train {name}."
            )
        found = _find(client, name, chosen)
        if aliases.get(CHAMPION) == chosen:
            raise ModelError(f"{found.label} is in service already; nothing was changed.")
        package = self._verified(found)
        if package.gate is None or not package.gate.passed:
            raise not_promoted(found, package.gate, instead=aliases.get(CHAMPION))
        open_model(package)
        return found, aliases

    def _before(self, client: "MlflowClient", name: str) -> tuple[ModelVersion, int]:
        """What may be put back, and the number of the champion that it takes the place of."""
        aliases = _aliases(client, name)
        champion, previous = aliases.get(CHAMPION), aliases.get(PREVIOUS)
        if champion is None or previous is None or previous == champion:
            raise ModelError(
                f"There is no version of the {name} to go back to: none was in service "
                f"before. Promote another: valoriamo models promote {name} --version N."
            )
        found = _find(client, name, previous)
        open_model(self._verified(found))
        return found, champion

    def _verified(self, found: ModelVersion) -> Package:
        try:
            return read_package(self._place(found.run_id), found.digest)
        except ModelError as error:
            raise ModelError(f"{found.label}: {error}") from error

    def _record_run(
        self,
        client: "MlflowClient",
        package: Package,
        parameters: Mapping[str, object],
        metrics: Mapping[str, float],
        tags: Mapping[str, str],
    ) -> str:
        run_id = str(client.create_run(self._experiment(client), tags=dict(tags)).info.run_id)
        status = "FAILED"
        try:
            for key, value in parameters.items():
                client.log_param(run_id, key, value)
            for key, value in metrics.items():
                client.log_metric(run_id, key.replace(*_AT), value)
            with TemporaryDirectory() as folder:
                write_package(package, Path(folder) / _PACKAGE)
                client.log_artifacts(run_id, str(Path(folder) / _PACKAGE), _PACKAGE)
            status = "FINISHED"
        finally:
            client.set_terminated(run_id, status)
        return run_id

    def _experiment(self, client: "MlflowClient") -> str:
        """The experiment that writes here: MLflow keeps its place for good, so one for each."""
        place = self.artifacts.as_uri()
        found = client.get_experiment_by_name(place)
        if found is None:
            return str(client.create_experiment(place, artifact_location=place))
        return str(found.experiment_id)

    @contextmanager
    def _changing(self, *, create: bool = False) -> Iterator["MlflowClient"]:
        """A client for one process at a time, so that none sees half of another's change."""
        if not create and not self.is_there():
            raise ModelError(
                f"No model has been trained in {self.home}. Train one: valoriamo train ranker, or "
                "name the right folder in VALORIAMO_HOME."
            )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with locked(self._folder / ".lock"), self._client() as client:
                yield client
        except OSError as error:
            raise unusable(self.database, str(error)) from error

    @contextmanager
    def _client(self) -> Iterator["MlflowClient"]:
        """A client of the database; what MLflow and SQLite raise becomes a ``ModelError``."""
        if self.is_there():
            check_database(self.database)
        uri = f"sqlite:///{self.database}"
        try:
            with quiet_mlflow():
                from alembic.util import CommandError
                from mlflow import MlflowClient
                from mlflow.exceptions import MlflowException
                from sqlalchemy.exc import SQLAlchemyError
        except ImportError as error:
            raise unusable(self.database, f"MLflow cannot be imported: {error}") from error
        try:
            with quiet_mlflow():
                yield MlflowClient(tracking_uri=uri, registry_uri=uri)
        except (MlflowException, SQLAlchemyError, CommandError) as error:
            raise unusable(self.database, str(error)) from error


def _aliases(client: "MlflowClient", name: str) -> dict[str, int]:
    models = client.search_registered_models(f"name = '{name}'")
    return {alias: int(number) for model in models for alias, number in model.aliases.items()}


def _versions(client: "MlflowClient", name: str) -> Iterator[ModelVersion]:
    aliases = _aliases(client, name)
    return (_read(one, aliases) for one in _recorded(client, name))


def _find(client: "MlflowClient", name: str, number: int) -> ModelVersion:
    recorded = {int(one.version): one for one in _recorded(client, name)}
    if number not in recorded:
        held = ", ".join(map(str, sorted(recorded))) or "none"
        raise ModelError(f"There is no version {number} of the {name}; there are: {held}.")
    return _read(recorded[number], _aliases(client, name))


def _recorded(client: "MlflowClient", name: str) -> Iterator["Recorded"]:
    token: str | None = None
    while True:
        page = client.search_model_versions(f"name = '{name}'", max_results=_PAGE, page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def _read(recorded: "Recorded", aliases: Mapping[str, int]) -> ModelVersion:
    number = int(recorded.version)  # an int or a text, by version of MLflow
    return version_from(
        recorded.name,
        number,
        run_id=str(recorded.run_id),
        registered_ms=int(recorded.creation_timestamp),
        tags=recorded.tags,
        aliases=[alias for alias, pointed in aliases.items() if pointed == number],
    )


def _record(client: "MlflowClient", version: ModelVersion, change: Change) -> None:
    tag = history_text((*version.history, change))
    client.set_model_version_tag(version.name, str(version.version), HISTORY, tag)
