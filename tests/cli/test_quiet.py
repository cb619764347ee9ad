import os

import pytest

from matching.cli.quiet import library_silent


def test_what_compiled_code_prints_is_not_among_the_results(
    capfd: pytest.CaptureFixture[str],
) -> None:
    os.write(1, b"before ")
    with library_silent():
        os.write(1, b"chatter")
    os.write(1, b"after")
    assert capfd.readouterr().out == "before after"


def test_output_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="x"), library_silent():
        raise ValueError("x")
    os.write(1, b"after")
    assert capfd.readouterr().out == "after"
