"""How often a property is tried: a sample in `make test`, more in `make prove`."""

from hypothesis import settings

# The profiles of conftest.py differ in this: 100 in the sample, 2,000 in the proof.
_SAMPLE = 100


def examples(sample: int) -> int:
    """Examples for a test that tries ``sample`` of them in `make test`."""
    return max(sample, sample * settings().max_examples // _SAMPLE)
