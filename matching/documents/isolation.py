"""What the Linux kernel forbids this process from now on: network, other processes, files.

Three layers, each of them used where the kernel has it, none relied on alone:

- namespaces of its own for users, network and shared memory: no interface but a loopback that
  is down, and root's powers over the rest of the machine are gone;
- a filter of system calls: an allow-list for a process that only computes, or a ban on sockets
  for a program that is started afterwards;
- no new privileges, no core dump, no inspection by others.

Elsewhere (macOS, a kernel or a container that refuses) nothing happens here, and the limits of
``resource`` remain. What took hold is returned, so that nobody has to believe it.
"""

import ctypes
import errno
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Isolation(StrEnum):
    """A layer that holds."""

    NETWORK = "network"
    SYSTEM_CALLS = "system calls"


_NOT_STARTED = 127  # as shells say it
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 4, 22, 38
_SECCOMP_MODE_FILTER = 2

# Numbers of x86-64; elsewhere no filter is set.
_MACHINE, _ARCHITECTURE = "x86_64", 0xC000003E
_FIRST_X32_CALL = 0x40000000
_CALLS: Mapping[str, int] = MappingProxyType(
    {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "mmap": 9,
        "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
        "rt_sigreturn": 15, "pread64": 17, "readv": 19, "writev": 20, "sched_yield": 24,
        "mremap": 25, "madvise": 28, "nanosleep": 35, "getpid": 39, "socket": 41,
        "socketpair": 53, "exit": 60, "gettimeofday": 96, "getrlimit": 97, "getrusage": 98,
        "sysinfo": 99, "times": 100, "sigaltstack": 131, "setrlimit": 160, "gettid": 186,
        "futex": 202, "sched_getaffinity": 204, "restart_syscall": 219, "clock_gettime": 228,
        "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "tgkill": 234,
        "prlimit64": 302, "getrandom": 318, "membarrier": 324, "rseq": 334,
        "io_uring_setup": 425,
    }
)  # fmt: skip
_NETWORK_CALLS = frozenset({"socket", "socketpair", "io_uring_setup"})
# These act on the process that their first argument names: only on this one.
_OF_ONE_PROCESS = frozenset({"tgkill", "prlimit64"})
_COMPUTING_CALLS = frozenset(_CALLS) - _NETWORK_CALLS - _OF_ONE_PROCESS

_LOAD, _EQUALS, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENT_AT = 0, 4, 16


def leave_the_machine() -> frozenset[Isolation]:
    """Give up network and privileges for this process and what it starts; it may still start."""
    if sys.platform != "linux":
        return frozenset()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    kept: set[Isolation] = set()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC) == 0:
        kept.add(Isolation.NETWORK)
    if _filter_calls(libc, _banning(_NETWORK_CALLS)):
        kept.add(Isolation.NETWORK)
    return frozenset(kept)


def only_compute() -> frozenset[Isolation]:
    """Allow what computing on open files takes, and refuse every other system call.

    No file can be opened, no process started, signalled or looked into, no namespace entered.
    Refused calls fail with ``EPERM``.
    """
    if sys.platform != "linux":
        return frozenset()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if _filter_calls(libc, _allowing(_COMPUTING_CALLS, os.getpid())):
        return frozenset({Isolation.SYSTEM_CALLS})
    return frozenset()


def become_program() -> None:
    """Limit this process, then become the program of its command line.

    The command line is ``... MEMORY SECONDS PROGRAM ARGUMENT...``. This module is run by its path
    for that, without the rest of the package, which would take half a second to load.
    """
    memory, seconds, *command = sys.argv[2:]
    leave_the_machine()
    for limit, value in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    try:
        os.execv(command[0], command)
    except OSError:
        sys.exit(_NOT_STARTED)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _filter_calls(libc: ctypes.CDLL, instructions: bytes) -> bool:
    if platform.machine() != _MACHINE or sys.maxsize < 2**32:
        return False
    program = _Program(len(instructions) // 8, instructions)
    done = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)


def _banning(names: Iterable[str]) -> bytes:
    listed = b"".join(_on_number(_CALLS[name], _REFUSE) for name in sorted(names))
    return _of_this_machine() + listed + _step(_RETURN, _ALLOW)


def _allowing(names: Iterable[str], process: int) -> bytes:
    listed = b"".join(_on_number(_CALLS[name], _ALLOW) for name in sorted(names))
    own = b"".join(_on_own(_CALLS[name], process) for name in sorted(_OF_ONE_PROCESS))
    return _of_this_machine() + listed + own + _step(_RETURN, _REFUSE)


def _of_this_machine() -> bytes:
    """Start of a filter: calls by another convention end the process; then load the number."""
    return (
        _step(_LOAD, _ARCHITECTURE_AT)
        + _step(_EQUALS, _ARCHITECTURE, 1, 0)
        + _step(_RETURN, _KILL)
        + _step(_LOAD, _NUMBER_AT)
        + _step(_AT_LEAST, _FIRST_X32_CALL, 0, 1)
        + _step(_RETURN, _KILL)
    )


def _on_number(number: int, answer: int) -> bytes:
    return _step(_EQUALS, number, 0, 1) + _step(_RETURN, answer)


def _on_own(number: int, process: int) -> bytes:
    """Allow a call whose first argument is this process, or 0, which means the same."""
    return (
        _step(_EQUALS, number, 0, 5)
        + _step(_LOAD, _ARGUMENT_AT)
        + _step(_EQUALS, process, 1, 0)
        + _step(_EQUALS, 0, 0, 1)
        + _step(_RETURN, _ALLOW)
        + _step(_RETURN, _REFUSE)
    )


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
