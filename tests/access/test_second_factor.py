from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.access.second_factor import STEP_SECONDS, factor_uri, new_factor, step_of

NOW = datetime(2026, 11, 28, 9, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = int(NOW.timestamp()) // STEP_SECONDS


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


# RFC 6238, appendix B, for SHA-1, the last six digits of its eight.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    moment = datetime.fromtimestamp(seconds, UTC)
    assert step_of(secret, code, at=moment, after=None) == seconds // STEP_SECONDS


@given(st.integers(-5, 5))
def test_a_clock_may_be_one_step_before_or_behind(steps: int) -> None:
    code = code_at(NOW + timedelta(seconds=STEP_SECONDS * steps))
    taken = step_of(SECRET, code, at=NOW, after=None)
    assert taken == (STEP + steps if abs(steps) <= 1 else None)


def test_a_code_is_taken_once_and_none_before_it_afterwards() -> None:
    taken = step_of(SECRET, code_at(NOW), at=NOW, after=None)
    assert taken == STEP
    assert step_of(SECRET, code_at(NOW), at=NOW, after=taken) is None
    before = code_at(NOW - timedelta(seconds=STEP_SECONDS))
    assert step_of(SECRET, before, at=NOW, after=taken) is None
    later = NOW + timedelta(seconds=STEP_SECONDS)
    assert step_of(SECRET, code_at(later), at=later, after=taken) == STEP + 1


@given(st.text(max_size=12))
def test_anything_may_be_typed(code: str) -> None:
    valid = {code_at(NOW + timedelta(seconds=STEP_SECONDS * n)) for n in (-1, 0, 1)}
    taken = step_of(SECRET, code, at=NOW, after=None)
    assert (taken is not None) == ("".join(code.split()) in valid)


def test_blanks_that_a_telephone_shows_do_not_matter_and_other_digits_do() -> None:
    code = code_at(NOW)
    assert step_of(SECRET, f" {code[:3]} {code[3:]} ", at=NOW, after=None) == STEP
    arabic = "".join(chr(0x660 + int(digit)) for digit in code)
    assert step_of(SECRET, arabic, at=NOW, after=None) is None


def test_a_telephone_reads_issuer_name_and_secret() -> None:
    secret = new_factor()
    address = urlsplit(factor_uri(secret, "anna@hub.example"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query)["secret"] == [secret]
    assert parse_qs(address.query)["issuer"] == ["Valoriamo"]
    assert len(secret) == 32
    assert secret != new_factor()
