"""What looks after an application goes on, also when it failed once, and ends with it."""

import asyncio
import json
import logging
import time

import pytest

from matching.api.logs import StructuredLine
from matching.api.running import Jumps, _look_again


def test_a_look_that_fails_is_logged_without_its_words_and_the_next_one_is_taken(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("valoriamo.serve"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("valoriamo"), "propagate", True)

    async def watched() -> int:
        enough = asyncio.Event()
        loop, looks = asyncio.get_running_loop(), 0

        def look() -> None:
            nonlocal looks
            looks += 1
            if looks == 1:
                raise RuntimeError("Canarini")
            loop.call_soon_threadsafe(enough.set)

        looking = asyncio.create_task(_look_again(look, Jumps(time.monotonic), 0.001))
        await enough.wait()
        looking.cancel()
        await asyncio.wait([looking])
        assert looking.cancelled()
        return looks

    assert asyncio.run(watched()) >= 2
    lines = [json.loads(StructuredLine().format(one)) for one in caplog.records]
    (line,) = [one for one in lines if "looked at again" in one["message"]]
    assert line["error"] == "RuntimeError"
    assert "Canarini" not in json.dumps(lines)


def test_a_clock_that_is_set_is_told_and_one_that_runs_is_not(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("valoriamo.serve"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("valoriamo"), "propagate", True)
    times = iter([1000.0, 1015.0, 900.0, 915.0])
    jumps = Jumps(lambda: next(times), iter([0.0, 15.0, 30.0, 45.0]).__next__)
    for _ in range(3):
        jumps.note()
    assert [one.getMessage() for one in caplog.records] == [
        "the machine's clock jumped by -130 seconds; see: valoriamo doctor"
    ]
