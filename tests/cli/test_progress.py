import sys

import pytest

from matching.cli.progress import progress, progress_beside_results, waiting


def run(items: list[str]) -> None:
    for item in progress(items, "Reading"):
        sys.stdout.write(f"{item}\n")


def test_results_stay_on_stdout_while_the_bar_is_drawn_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    run(["uno", "due"])
    captured = capsys.readouterr()
    assert captured.out == "uno\ndue\n"
    assert "Reading" in captured.err


def test_without_a_terminal_nothing_is_drawn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TTY_COMPATIBLE", raising=False)
    with waiting("Loading"):
        run(["uno", "due"])
    assert capsys.readouterr() == ("uno\ndue\n", "")


def test_one_item_needs_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    run(["uno"])
    assert capsys.readouterr().err == ""


def test_results_on_a_terminal_are_not_mixed_with_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert list(progress_beside_results(["uno", "due"], "Reading")) == ["uno", "due"]
    assert capsys.readouterr().err == ""
