import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
# Steps of a schema are run by Alembic one after the other, and never changed once they are out.
SOURCES = sorted(
    path
    for name in ("matching", "training")
    for path in (ROOT / name).rglob("*.py")
    if "migrations" not in path.parts
)
LONGEST = 400
SHORT = {"__init__", "__main__"}
BANNED_NAMES = {"utils", "util", "helpers", "common", "misc", "core"}
BANNED_MARKS = ("TODO", "FIXME", "XXX", "pragma: no cover")
# Reading code, and what the system says of itself, is what an import does.
IMPORT_ALL = """
import importlib, json, os, pkgutil, sys
events = []
def watch(event, arguments):
    if event == "open":
        name, mode, flags = arguments
        events.append((event, str(name), bool((flags or 0) & (os.O_WRONLY | os.O_RDWR))))
    elif event.startswith(EVENTS):
        events.append((event, str(arguments[:1]), True))
EVENTS = ("subprocess.", "os.fork", "os.posix_spawn", "os.exec", "os.system", "os.mkdir",
          "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "socket.connect",
          "socket.getaddrinfo", "shutil.", "tempfile.")
sys.addaudithook(watch)
import matching, training
names = [module.name for package in (matching, training)
         for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print(json.dumps({"modules": names, "events": events}))
"""


@pytest.fixture(scope="module")
def imported() -> dict[str, list[tuple[str, str, bool]]]:
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", IMPORT_ALL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}


def test_imports_point_one_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    # The linter sets up logging for itself, and switches off every other logger.
    monkeypatch.setattr("logging.config.dictConfig", lambda config: None)
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_module_is_imported_by_the_test_below(imported: dict[str, list[str]]) -> None:
    names = {relative(path)[:-3].replace("/", ".").removesuffix(".__init__") for path in SOURCES}
    assert names == {*imported["modules"], "matching", "training"}


def test_importing_writes_nothing_and_starts_nothing(
    imported: dict[str, list[tuple[str, str, bool]]],
) -> None:
    assert [event for event in imported["events"] if event[2]] == []


def test_importing_reads_code_only(imported: dict[str, list[tuple[str, str, bool]]]) -> None:
    code = [Path(sys.prefix), Path(sys.base_prefix), ROOT / "matching", ROOT / "training"]
    system = [
        Path(name)
        for name in ("/proc", "/sys", "/usr/share/zoneinfo", "/etc/localtime", "/etc/mime.types")
    ]
    read = {Path(name) for event, name, _ in imported["events"] if event == "open"}
    places = [*code, *(place.resolve() for place in code), *system]
    assert [path for path in sorted(read) if not any(map(path.is_relative_to, places))] == []


def test_a_module_fits_its_page_and_has_a_name_of_its_own() -> None:
    texts = {relative(path): path.read_text("utf-8") for path in SOURCES}
    assert [name for name, text in texts.items() if len(text.splitlines()) > LONGEST] == []
    assert [relative(path) for path in SOURCES if path.stem in BANNED_NAMES] == []
    marked = [(name, mark) for name, text in texts.items() for mark in BANNED_MARKS if mark in text]
    assert marked == []


def test_a_module_hides_no_error_and_prints_nothing(trees: dict[Path, ast.Module]) -> None:
    found = {relative(path): list(offences(module)) for path, module in trees.items()}
    assert {name: offended for name, offended in found.items() if offended} == {}


def offences(module: ast.AST) -> Iterator[str]:
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id="print" | "breakpoint" as name)):
                yield f"line {node.lineno}: {name}"
            case ast.Assert():
                yield f"line {node.lineno}: assert as validation"
            case ast.ExceptHandler(type=None):
                yield f"line {node.lineno}: bare except"
            case ast.ExceptHandler(type=ast.Name(id="Exception" | "BaseException" as name)):
                yield f"line {node.lineno}: except {name}"
            case ast.ExceptHandler(body=[ast.Pass()]):
                yield f"line {node.lineno}: an error is swallowed"
            case ast.Global():
                yield f"line {node.lineno}: global state"
            case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
                for default in (*arguments.defaults, *arguments.kw_defaults):
                    if isinstance(default, ast.List | ast.Dict | ast.Set):
                        yield f"line {node.lineno}: a default that can change"


@pytest.mark.parametrize(
    "code",
    [
        "print(1)",
        "assert x",
        "try: x()\nexcept: y()",
        "try: x()\nexcept Exception: y()",
        "try: x()\nexcept OSError: pass",
        "def f(x=[]): ...",
        "def f():\n    global x",
    ],
)
def test_the_offences_are_seen(code: str) -> None:
    assert list(offences(ast.parse(code)))


def test_only_the_composition_points_know_the_clock(trees: dict[Path, ast.Module]) -> None:
    calls = [
        f"{relative(path)}:{node.lineno}"
        for path, module in trees.items()
        if not may_know_the_clock(path)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("date", "today"), ("datetime", "now"), ("time", "time")}
    ]
    assert calls == []


def may_know_the_clock(path: Path) -> bool:
    return relative(path).startswith(
        ("matching/cli/", "training/", "matching/store/store.py")
    ) or path.name in ("spacy_component.py",)


def test_the_day_of_a_moment_is_the_hubs_and_taken_in_one_place(
    trees: dict[Path, ast.Module],
) -> None:
    calls = {
        relative(path)
        for path, module in trees.items()
        if not relative(path).startswith("training/")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"date", "today"}
        and not node.args
    }
    assert calls == {"matching/domain/days.py"}
