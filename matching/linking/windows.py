"""The short runs of words of a sentence that could name a skill."""

from matching.linking.stems import is_stop, words

_LONGEST = 6


def windows(sentence: str, language: str) -> tuple[str, ...]:
    """Runs of one to six words that neither begin nor end with one that only links others, sorted.

    Runs cross commas and an *and*: what stands between two words of a skill is often another.

    >>> windows("Java and SQL", "en")
    ('java', 'java and sql', 'sql')
    """
    row = words(sentence, language)
    stops = [is_stop(word, language) for word in row]
    found = {
        " ".join(row[first : last + 1])
        for first in range(len(row))
        for last in range(first, min(first + _LONGEST, len(row)))
        if not stops[first] and not stops[last]
    }
    return tuple(sorted(found))
