"""Around MLflow's database, without MLflow: looked at before it is opened, kept quiet after."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from matching.errors import ModelError

_SECONDS = 20.0  # to wait for another process that writes
_TABLE = "select count(*) from sqlite_master where type = 'table' and name = 'model_versions'"


def check_database(path: Path) -> None:
    """Refuse a file that is no registry, which MLflow would fill or take long to give up on.

    Raises
    ------
    ModelError
        Where it is damaged, holds no models or cannot be opened.
    """
    # Writable, so that SQLite can undo what a killed process left half done.
    uri = f"{path.as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=_SECONDS)) as connection:
            (is_registry,) = connection.execute(_TABLE).fetchone()
            (damage,) = connection.execute("pragma quick_check(1)").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged name makes a message no UTF-8
        raise unusable(path, str(error)) from error
    if not is_registry:
        raise unusable(path, "it holds no models")
    if damage != "ok":
        raise unusable(path, damage)


@contextmanager
def quiet_mlflow() -> Iterator[None]:
    """MLflow without telemetry, kept connections and log lines: what fails is raised and said."""
    # MLflow reads these when it is imported and later, and knows no other way.
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["MLFLOW_SQLALCHEMYSTORE_POOLCLASS"] = "NullPool"
    loggers = [logging.getLogger(name) for name in ("mlflow", "alembic")]
    levels = [logger.level for logger in loggers]
    held = [one for one in logging.Logger.manager.loggerDict.values() if hasattr(one, "disabled")]
    awake = [one for one in held if not one.disabled]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        # Setting up its database, MLflow may switch off every logger there is.
        for one in awake:
            one.disabled = False
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def unusable(path: Path, why: str) -> ModelError:
    """The error for a registry that cannot be used."""
    reason = " ".join(why.split())[:300].rstrip(".")
    return ModelError(
        f"The registry {path} cannot be used: {reason}. Restore it from a backup, or move the "
        "folder away and train again."
    )
