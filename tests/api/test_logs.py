import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from matching.api.logs import LOGGING


@contextmanager
def configured() -> Iterator[None]:
    """Logging as the server sets it up, and afterwards as it was."""
    loggers = [logging.getLogger(name) for name in LOGGING["loggers"]]
    before = [(one, one.handlers[:], one.level, one.propagate) for one in loggers]
    logging.config.dictConfig(dict(LOGGING))
    try:
        yield
    finally:
        for one, handlers, level, propagate in before:
            one.handlers[:] = handlers
            one.setLevel(level)
            one.propagate = propagate


def test_an_error_is_logged_by_its_kind_and_place_and_never_by_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with configured():
        try:
            raise KeyError("Mariuccia Canarini")
        except KeyError:
            logging.getLogger("uvicorn.error").exception("an error in the application")
        said = capsys.readouterr().err
    assert "an error in the application" in said
    assert "KeyError" in said
    assert "test_logs.py" in said
    assert "Canarini" not in said
