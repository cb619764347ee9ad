import logging
import logging.config

import pytest

from matching.api.logs import LOGGING


def test_an_error_is_logged_by_its_kind_and_place_and_never_by_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logging.config.dictConfig(dict(LOGGING))
    log = logging.getLogger("uvicorn.error")
    try:
        try:
            raise KeyError("Mariuccia Canarini")
        except KeyError:
            log.exception("an error in the application")
        said = capsys.readouterr().err
    finally:
        for name in LOGGING["loggers"]:
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate = True
    assert "an error in the application" in said
    assert "KeyError" in said
    assert "test_logs.py" in said
    assert "Canarini" not in said
