"""What is wrong with an answer, whatever was asked."""

import httpx

LONGEST_REFUSAL = 20_000
"""Bytes: a refusal that repeats what was sent would be longer."""


def fault(answer: httpx.Response) -> str | None:
    """What is wrong with an answer, None where nothing is: each refusal is a problem, and short."""
    if answer.status_code < 400:
        return None
    is_problem = answer.headers["content-type"] == "application/problem+json"
    is_short = len(answer.content) <= LONGEST_REFUSAL
    if answer.status_code < 500 and is_problem and is_short:
        return None
    return f"{answer.status_code} {answer.text[:300]}"
