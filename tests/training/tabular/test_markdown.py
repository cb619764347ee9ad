from training.tabular.markdown import safe, to_markdown
from training.tabular.page import Code, Curve, Heading, Paragraph, Points, Rows, Strong
from training.tabular.reliability import Point

NUMBERS = Rows("numbers", ("risk", "came"), (("0.1", "0.2"),))


def curve(*, leading: bool) -> Curve:
    point = Point(mean_risk=0.1, observed=0.2, low=0.1, high=0.3, n=20)
    return Curve(
        title="t", said="s", across="a", upwards="u", points=(point,), numbers=NUMBERS,
        leading=leading,
    )  # fmt: skip


def test_a_name_is_one_line_in_which_nothing_is_markup() -> None:
    assert safe("a\n# b") == r"a \# b"
    assert safe("a|b<c>*") == r"a\|b\<c\>\*"


def test_blocks_are_written_one_after_the_other_with_a_line_between() -> None:
    page = to_markdown(
        [
            Heading(2, "A *title*"),
            Paragraph("Words."),
            Points(("one", "t_w_o")),
            Rows("", ("", "x|y"), (("a", Strong("b*")), (Code("00ff"), ""))),
        ]
    )
    assert page == (
        "## A \\*title\\*\n\nWords.\n\n- one\n- t\\_w\\_o\n\n"
        "|  | x\\|y |\n| --- | --- |\n| a | **b\\*** |\n| `00ff` |  |\n"
    )


def test_of_the_leading_curve_the_numbers_are_written_and_of_the_others_nothing() -> None:
    assert to_markdown([curve(leading=True)]) == to_markdown([NUMBERS])
    assert to_markdown([Paragraph("x"), curve(leading=False)]) == "x\n"
