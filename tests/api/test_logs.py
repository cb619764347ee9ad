import json
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from matching.api.logs import logging_of


@contextmanager
def configured(level: str = "info") -> Iterator[None]:
    """Logging as the server sets it up, and afterwards as it was."""
    chosen = logging_of(level)
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in chosen["loggers"])]
    before = [(one, one.handlers[:], one.level, one.propagate) for one in loggers]
    logging.config.dictConfig(chosen)
    try:
        yield
    finally:
        for one, handlers, level_before, propagate in before:
            one.handlers[:] = handlers
            one.setLevel(level_before)
            one.propagate = propagate


def lines(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def test_an_error_is_logged_by_its_kind_and_place_and_never_by_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with configured():
        try:
            raise KeyError("Mariuccia Canarini")
        except KeyError:
            logging.getLogger("uvicorn.error").exception("an error in the application")
        said = capsys.readouterr().err
    (line,) = lines(said)
    assert (line["level"], line["message"]) == ("error", "an error in the application")
    assert line["error"] == "KeyError"
    assert "test_logs.py" in line["at"][0]
    assert "Canarini" not in said


def test_of_what_a_library_says_only_the_place_is_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with configured("debug"):
        # Of a name that nothing else in this process sets levels of, or switches off.
        other = logging.getLogger("somebody.else.engine")
        other.info("INSERT INTO identities VALUES (%s)", "Canarini")
        other.warning("cannot bind %s", "Canarini")
        logging.getLogger("somebody.else").debug("Canarini")
        said = capsys.readouterr().err
    (line,) = lines(said)
    assert line["level"] == "warning"
    assert line["message"].startswith("somebody.else.engine, line ")
    assert "Canarini" not in said


def test_a_line_stays_one_line_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    with configured():
        logging.getLogger("valoriamo.api").warning('two\nlines and "quotes"')
        said = capsys.readouterr().err
    (line,) = lines(said)
    assert line["message"] == 'two\nlines and "quotes"'
