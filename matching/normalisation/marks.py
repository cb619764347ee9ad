"""What stands between words and at their edges: marks, small words, halves of inclusive forms."""

import re

WORD = re.compile(r"(?<!\w)e-(?=[^\W\d_]{3})[^\W_]+|[^\W_]+(?:\+\+|#)?")

# Each of these ends a phrase, as opposed to space, hyphen, slash, quote ...
BREAKING = '.,;:!?()[]{}|•·▪●■◦○►➢➤✓❖‣∙\uf0b7\uf0a7*\t"«»=–—'
# ... and so do a dash between blanks, a blank line and one of these at the head of a line.
BREAKING_AFTER_LINE = "-+>"
BREAK = re.compile(
    rf"[{re.escape(BREAKING)}]|\s-+\s|\n\s*\n|\n\s*[{re.escape(BREAKING_AFTER_LINE)}]"
)

STOP_WORDS = frozenset(
    WORD.findall(
        """
        il lo la i gli le un uno una
        di a da in con su per tra fra ad
        del dello della dei degli delle dell
        al allo alla ai agli alle all
        dal dallo dalla dai dagli dalle dall
        nel nello nella nei negli nelle nell
        sul sullo sulla sui sugli sulle sull
        col coi e ed o od presso
        """
    )
)
# Words without a key before an apostrophe.
ELIDED = frozenset(WORD.findall("l d un dell all dall nell sull quell c m t s"))
APOSTROPHES = "'’"

# The second half of an inclusive form: addetto/a, operatore/trice, dottore/ssa.
INCLUSIVE_TAILS = frozenset(
    WORD.findall(
        "a o e i trice rice ice trici tori tore essa ssa ra ri re era ieri iera ta to te aia aie"
        " ia io ie ca che"
    )
)
INCLUSIVE_MARKS = "/(*\\"
# Characters between the halves: the mark, and a blank or a hyphen beside it.
LONGEST_MARK = 3
BESIDE_MARK = "- \xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"

# A line shorter than this is an item of its own; a longer one was probably wrapped.
WRAPPED_LINE = 45


def line_ends_phrase(low: str, gap_start: int, gap_end: int) -> bool:
    """Whether a gap holds the end of a line that was not wrapped."""
    newline = low.find("\n", gap_start, gap_end)
    if newline < 0:
        return False
    line_start = low.rfind("\n", 0, newline) + 1
    if newline - line_start >= WRAPPED_LINE:
        return False
    last_word = low[line_start:newline].rsplit(None, 1)
    return not (last_word and last_word[-1] in STOP_WORDS)


def gap_ends_phrase(low: str, gap_start: int, gap_end: int) -> bool:
    """Whether no phrase runs across a gap between two words of a plain text."""
    gap = BREAK.search(low, gap_start, gap_end)
    return gap is not None or line_ends_phrase(low, gap_start, gap_end)
