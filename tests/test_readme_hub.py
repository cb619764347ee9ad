"""What the README tells a new user of the hub's service to type is typed, in an empty folder."""

import json
import os
import re
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.served import COMMAND, ROOT, environment_of

README = (ROOT / "README.md").read_text("utf-8")


def test_the_first_steps_of_a_hub_lead_to_a_shortlist(tmp_path: Path, shared_cache: Path) -> None:
    section = README.partition("### The hub's service")[2].partition("\n### ")[0]
    (script,) = re.findall(r"```\n(.*?)```", section, re.DOTALL)
    assert "--port 8000" in script
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, command in (("valoriamo", COMMAND), ("python3", COMMAND[:1])):
        words = " ".join(f"'{word}'" for word in command)
        (folder / name).write_text(f'#!/bin/sh\nexec {words} "$@"\n', "utf-8")
        (folder / name).chmod(0o755)
    # The index of the lexicon was made by another test; making it takes as long as all the rest.
    (tmp_path / "hub").mkdir(mode=0o700)
    (tmp_path / "hub" / "cache").symlink_to(shared_cache)
    environment = environment_of(tmp_path / "hub", PATH=f"{folder}:{os.environ['PATH']}")
    with subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", script.replace("8000", port)],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as done:  # fmt: skip
        try:
            out, said = done.communicate(timeout=180)
        finally:
            # Where the script failed in the middle, what it had started goes on without it.
            with suppress(ProcessLookupError):
                os.killpg(done.pid, signal.SIGKILL)
    assert done.returncode == 0, (said, out)
    shortlist = json.loads(out[out.index("{\n") :])
    assert [match["state"] for match in shortlist["matches"]] == ["ok"]
    assert shortlist["left_out"] == []
    assert shortlist["matches"][0]["said"]
    log = (tmp_path / "serve.log").read_text("utf-8")
    assert "Finished server process" in log
    assert not re.search("Prova|muletto|quattro|Traceback", log)
