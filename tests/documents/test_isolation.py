"""The process that parses can do nothing but compute, where the kernel lets us see to it."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

import matching
from matching.documents import Isolation, WorkerPool
from matching.documents.isolation import only_compute

ROOT = Path(matching.__file__).parent.parent
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's means are those of Linux")
X86 = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64",
    reason="the filter knows the system calls of Linux on x86-64",
)


def run(script: str) -> subprocess.CompletedProcess[str]:
    prolog = (
        "import ctypes, os, resource, signal, socket, threading\n"
        "from matching.documents.isolation import leave_the_machine, only_compute\n"
    )
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", prolog + script],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@X86
def test_the_child_that_reads_documents_says_what_holds():
    pool = WorkerPool(size=1)
    assert pool.isolation() == frozenset({Isolation.NETWORK, Isolation.SYSTEM_CALLS})
    assert pool.read(b"Magazziniere", "cv.txt").text == "Magazziniere"
    pool.close()


@X86
@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.socketpair()",
        "open('/etc/hostname')",
        "open('/tmp/valoriamo', 'w')",
        "os.pipe()",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getpid(), 0)",
        "os.listdir('/')",
        "os.chmod('/tmp', 0o777)",
        "os.memfd_create('x')",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
        "threading.Thread(target=print).start()",
    ],
)
def test_a_process_that_only_computes_can_do_nothing_else(attempt):
    done = run(
        "leave_the_machine(); only_compute()\n"
        f"try:\n    {attempt}\nexcept (OSError, RuntimeError):\n    print('refused')"
    )
    assert (done.stdout.strip(), done.stderr) == ("refused", "")


@X86
def test_a_process_that_only_computes_can_compute():
    done = run(
        "leave_the_machine(); only_compute()\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (5, 5))\n"
        "print(len(bytes(50_000_000)), sum(range(10)), resource.getrlimit(resource.RLIMIT_CPU))"
    )
    assert done.stdout.strip() == "50000000 45 (5, 5)", done.stderr


@X86
def test_a_process_that_only_computes_can_still_end_itself():
    assert run("leave_the_machine(); only_compute(); os.abort()").returncode == -6


@LINUX
def test_a_process_without_network_reaches_nobody_and_may_still_start_programs():
    done = run(
        "import subprocess\nheld = leave_the_machine()\n"
        "try:\n    socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        "except OSError:\n    print('nobody')\n"
        "print(subprocess.run(['echo', 'ciao'], capture_output=True, text=True).stdout, bool(held))"
    )
    assert done.stdout.split() == ["nobody", "ciao", "True"], done.stderr


@X86
def test_what_it_starts_has_no_network_either():
    done = run(
        "import subprocess, sys\nleave_the_machine()\n"
        "code = 'import socket; socket.socket()'\n"
        "print(subprocess.run([sys.executable, '-c', code], stderr=-3).returncode)"
    )
    assert done.stdout.strip() == "1", done.stderr


def test_elsewhere_nothing_is_claimed(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    assert only_compute() == frozenset()
