"""What is sent to break a service: requests that no client means, made from those that one does."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_JSON = "application/json"
_HERE = "@here@"

# Each stands, as it is written in JSON, where a value of the example stood.
VALUES = (
    r'"\u0000"', r'"a\u0000b"', r'"\ud800"', r'"\udfff\ud800"', r'"\u202e\u2028\u0085"',
    '""', '" "', '"' + "a" * 250_000 + '"', '"' + "😀" * 300 + '"', '"١٢٣"', '"%s%n{0}"',
    str(2**31), str(2**63), str(-(2**63) - 1), str(10**40), "9" * 5_000, "1e400", "-1e400", "-0.0",
    "1.5", "NaN", "Infinity", "true", "null", "[]", "{}", "[[[]]]", '["a"]',
    '"0001-01-01"', '"9999-12-31"', '"10000-01-01"', '"2026-02-30"', '"2026-11-22T00:00:00Z"',
    '"00000000-0000-0000-0000-000000000000"',
)  # fmt: skip
WORDS = (
    "%00", "%ff", "%ed%a0%80", "a%00b", "", "9" * 30, "-1", "1e9", "a" * 3_000, "%F0%9F%98%80",
    "..%2f..%2fetc", "true", "[]", "%E2%80%AE", "0001-01-01", "9999-12-31", "2026-02-30",
    "%7B0%7D", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
HEADERS: Mapping[str, tuple[bytes, ...]] = {
    "idempotency-key": (b"", b" ", b"a" * 200, b"a" * 201, b"a" * 60_000, b"\xe8\xff", b"a,b"),
    "if-match": (
        b"*", b'"1", "2"', b'W/"1"', b'""', b"", b'"' + b"9" * 10 + b'"', b'"-1"', b'"1.0"',
        b"1" * 60_000, b"\xe8\xff", "١".encode(), b'"0"', b'W/"W/"1""',
    ),
    "x-reason": (b"", b" ", b"a" * 501, b"\xe8\xff\x80", b"=cmd|' /C calc'!A0"),
    "x-request-id": (b"", b"a" * 37, b"\xe8\xff", b"../../../../etc"),
    "accept": (b"", b"text/html;q=x", b"application/json;q=" + b"9" * 400, b"*/*;" * 3_000, b","),
    "accept-language": (b"\xff", b"it;q=" + b"9" * 400),
    "content-length": (b"-1", b"\xb2", b"9" * 5_000, b"1e3"),
}  # fmt: skip

MEDIA = (
    "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
    "application/json; charset=utf-7", "application/ld+json", "/", "a" * 9_000,
)  # fmt: skip


@dataclass(frozen=True)
class Trap:
    """A request; ``what`` says which trap is in it.

    ``path`` has the names of parameters in place of what they are of, save the one that is trapped.
    """

    operation: str
    what: str
    path: str
    headers: Mapping[str, str | bytes] = field(default_factory=dict)
    content: bytes | None = None


def traps(document: Mapping[str, Any]) -> Iterator[Trap]:
    """Every trap for every operation of a document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            whole = f"{method.upper()} {path}"
            body = _body(operation)
            sent = {"if-match": '"1"'} | ({} if body is None else {"content-type": _JSON})
            content = None if body is None else json.dumps(body).encode()
            yield from _in_address(whole, path, operation, sent, content)
            yield from _in_headers(whole, path, sent, content)
            if body is not None:
                left_out = _left_out(document, operation, body)
                yield from _in_body(whole, path, sent, body, left_out)


def sample(found: list[Trap], number: int, seed: int) -> list[Trap]:
    """Some of the traps, of every operation as many as of any other."""
    chosen = random.Random(seed)
    by_operation: dict[str, list[Trap]] = {}
    for one in found:
        by_operation.setdefault(one.operation, []).append(one)
    each = max(1, number // len(by_operation))
    return [
        one for mine in by_operation.values() for one in chosen.sample(mine, min(each, len(mine)))
    ]


def _body(operation: Mapping[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get(_JSON)
    if content is None:
        return None
    return next((one["value"] for one in content.get("examples", {}).values()), {})


def _in_address(
    operation: str,
    path: str,
    declared: Mapping[str, Any],
    sent: Mapping[str, str],
    content: bytes | None,
) -> Iterator[Trap]:
    for name in re.findall(r"{(\w+)", path):
        for word in WORDS:
            there = path.replace(f"{{{name}}}", word)
            yield Trap(operation, f"{name}={word[:40]}", there, sent, content)
    for one in declared.get("parameters", ()):
        if one["in"] == "query":
            for word in WORDS:
                asked = f"{path}?{one['name']}={word}"
                yield Trap(operation, f"?{one['name']}={word[:40]}", asked, sent, content)
            twice = f"{path}?{one['name']}=1&{one['name']}=2"
            yield Trap(operation, f"?{one['name']} twice", twice, sent, content)


def _in_headers(
    operation: str,
    path: str,
    sent: Mapping[str, str],
    content: bytes | None,
) -> Iterator[Trap]:
    for name, values in HEADERS.items():
        for value in values:
            what = f"{name}: {value[:40]!r}"
            yield Trap(operation, what, path, {**sent, name: value}, content)


def _left_out(document: Mapping[str, Any], operation: Mapping[str, Any], body: Any) -> list[str]:
    """The fields that the example of a body leaves out."""
    schema = operation["requestBody"]["content"][_JSON]["schema"]
    name = schema.get("$ref", "").rpartition("/")[2]
    fields = document["components"]["schemas"].get(name, schema).get("properties", {})
    return [field for field in fields if field not in body]


def _in_body(
    operation: str, path: str, sent: Mapping[str, str], body: Any, left_out: list[str]
) -> Iterator[Trap]:
    fuller = [(f"body.{name}", {**body, name: _HERE}) for name in left_out]
    for place, holed in [*_holed(body), *fuller]:
        whole = json.dumps(holed)
        for value in VALUES:
            content = whole.replace(f'"{_HERE}"', value).encode()
            yield Trap(operation, f"{place} is {value[:40]}", path, sent, content)
    text = json.dumps(body)
    wholes = {
        "utf-16": text.encode("utf-16"),
        "utf-32": text.encode("utf-32"),
        "with a mark of order": text.encode("utf-8-sig"),
        "not utf-8": b'{"a": "\xff\xfe"}',
        "deep list": b"[" * 100_000,
        "deep object": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        "keys twice": text[:-1].encode() + b"," + text[1:].encode() if len(text) > 2 else b"{}",
        "an unknown field": b'{"nobody_asked": 1,' + text[1:].encode(),
        "cut": text[:-1].encode(),
        "more behind": text.encode() + b"x",
        "nothing": b"",
        "null": b"null",
        "a list": b"[]",
        "a number": b"1",
        "a text": b'"a"',
    }
    for what, content in wholes.items():
        yield Trap(operation, what, path, sent, content)
    packed = {**sent, "content-encoding": "gzip"}
    yield Trap(operation, "packed", path, packed, gzip.compress(text.encode()))
    for media in MEDIA:
        yield Trap(operation, media[:40], path, {**sent, "content-type": media}, text.encode())


def _holed(body: Any, place: str = "body") -> Iterator[tuple[str, Any]]:
    """A body with each of its values in turn left out."""
    yield place, _HERE
    if isinstance(body, dict):
        for name, value in body.items():
            for where, holed in _holed(value, f"{place}.{name}"):
                yield where, {**body, name: holed}
    if isinstance(body, list) and body:
        for where, holed in _holed(body[0], f"{place}[0]"):
            yield where, [holed, *body[1:]]
