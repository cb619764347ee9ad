"""Which of several forms of an answer a request wants (RFC 9110, 12.5.1)."""

from collections.abc import Sequence

from matching.api.errors import Refusal

_MOST = 50  # parts of the header that are looked at


def preferred(accept: str | None, offered: Sequence[str]) -> str:
    """The form that an Accept header wants most; the first that is offered, without one.

    Raises
    ------
    Refusal
        406, where it takes none of those offered.

    >>> preferred("text/html;q=0.5, application/json", ["text/html", "application/json"])
    'application/json'
    >>> preferred("text/*", ["application/json", "text/html"])
    'text/html'
    """
    if not (accept or "").strip():
        return offered[0]
    wanted = [_part(part) for part in (accept or "").split(",")[:_MOST]]

    def weight(media: str) -> float:
        kind = media.split("/")[0]
        for pattern in (media, f"{kind}/*", "*/*"):
            found = [weight for name, weight in wanted if name == pattern]
            if found:
                return max(found)
        return 0.0

    # Of two that are wanted alike, the one that is offered first.
    best = max(offered, key=weight)
    if weight(best) <= 0:
        raise Refusal(406, f"This is answered as {' or '.join(offered)}; say so in Accept.")
    return best


def _part(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0
