from datetime import date
from pathlib import Path

import pytest

from matching.errors import ModelError
from matching.models.drift import ExitWatch, InputWatch, Watched
from matching.models.watch import Watch, keep_watch, read_watch, watch_row


def a_watch(digest: str = "ab" * 32) -> Watch:
    return Watch(
        digest=digest,
        since=date(2026, 1, 1),
        as_of=date(2026, 11, 1),
        inputs=(
            InputWatch(
                name="weekly_hours",
                state=Watched.ALARM,
                people=120,
                index=0.31,
                p=0.001,
                unknown_before=0.1,
                unknown_now=0.1,
            ),
        ),
        exits=(
            ExitWatch(
                cause="work",
                state=Watched.NOT_ENOUGH_DATA,
                seen=3,
                foretold=5.5,
                ratio=None,
                low=None,
                high=None,
            ),
        ),
    )


def test_a_watch_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    keep_watch(tmp_path, a_watch())
    assert read_watch(tmp_path, "ab" * 32) == a_watch()


def test_the_watch_over_another_model_is_not_this_ones(tmp_path: Path) -> None:
    keep_watch(tmp_path, a_watch())
    assert read_watch(tmp_path, "cd" * 32) is None
    assert read_watch(tmp_path / "new", "ab" * 32) is None


def test_alarms_are_named_and_too_little_raises_none() -> None:
    assert a_watch().alarms == ("weekly_hours",)


def test_json_has_null_where_nothing_can_be_said() -> None:
    row = watch_row(a_watch())
    assert (row["since"], row["exits"][0]["ratio"]) == ("2026-01-01", None)


def test_a_damaged_file_says_how_to_mend_it(tmp_path: Path) -> None:
    keep_watch(tmp_path, a_watch())
    path = next(tmp_path.rglob("last_watch.json"))
    path.write_text(path.read_text("utf-8")[:-40], "utf-8")
    with pytest.raises(ModelError, match="valoriamo risk watch"):
        read_watch(tmp_path, "ab" * 32)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("", "utf-8")
    with pytest.raises(ModelError, match="cannot be kept"):
        keep_watch(tmp_path, a_watch())
