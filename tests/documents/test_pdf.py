"""PDF pages come out in the order in which a person reads them."""

from itertools import pairwise

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from matching.documents import Limits, parse_document
from matching.domain import DocumentErrorCode

from . import factories
from .factories import HEIGHT, MAIN, SIDEBAR, WIDTH, pdf, write_column, write_rows

DATED_ROWS = [
    ("ESPERIENZE", ""),
    ("2011-2016", "Magazziniere presso Rossi Trasporti"),
    ("", "carico e scarico delle merci"),
    ("", "inventario di fine anno"),
    ("2016 - oggi", "Autista per consegne a domicilio"),
    ("", "patente C e carta del conducente"),
    ("dal 03/2010", "Operaio di linea"),
    ("FORMAZIONE", ""),
    ("2005", "Diploma di operatore meccanico"),
]
DATED_TEXT = (
    "ESPERIENZE\n2011-2016\tMagazziniere presso Rossi Trasporti\ncarico e scarico delle merci\n"
    "inventario di fine anno\n2016 - oggi\tAutista per consegne a domicilio\n"
    "patente C e carta del conducente\ndal 03/2010\tOperaio di linea\nFORMAZIONE\n"
    "2005\tDiploma di operatore meccanico"
)


def lines_of(text):
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("same_grid", [False, True], ids=["own pace", "same grid"])
def test_a_left_sidebar_is_read_before_the_main_column(text_of, same_grid):
    text = text_of(factories.pdf_sidebar_left(same_grid=same_grid), "cv.pdf")
    assert lines_of(text) == SIDEBAR + MAIN


@pytest.mark.parametrize("same_grid", [False, True], ids=["own pace", "same grid"])
def test_a_right_sidebar_is_read_after_the_main_column(text_of, same_grid):
    text = text_of(factories.pdf_sidebar_right(same_grid=same_grid), "cv.pdf")
    assert lines_of(text) == MAIN + SIDEBAR


def test_two_equal_columns_are_read_one_after_the_other(text_of):
    second = [line.upper() for line in MAIN]

    def draw(canvas):
        write_column(canvas, 40, MAIN)
        write_column(canvas, 310, second)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == MAIN + second


def test_three_columns_are_read_one_after_the_other(text_of):
    columns = [[f"voce {c}.{r} della colonna" for r in range(6)] for c in range(3)]

    def draw(canvas):
        for number, column in enumerate(columns):
            write_column(canvas, 40 + 175 * number, column)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == sum(columns, [])


def test_a_header_across_two_columns_stays_first(text_of):
    header = "Curriculum vitae di Mario Rossi, nato a Lecco il 12 marzo 1980, automunito"

    def draw(canvas):
        write_column(canvas, 40, [header], top=40, size=14)
        write_column(canvas, 40, SIDEBAR, top=90, leading=17)
        write_column(canvas, 220, MAIN, top=90)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == [header, *SIDEBAR, *MAIN]


@pytest.mark.parametrize("x", [40, 230], ids=["over the sidebar", "over the main column"])
def test_a_short_name_in_large_letters_stays_first(text_of, x):
    def draw(canvas):
        write_column(canvas, x, ["Mario Rossi"], top=40, size=20)
        write_column(canvas, 40, SIDEBAR, top=90, leading=17)
        write_column(canvas, 210, MAIN, top=90)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == ["Mario Rossi", *SIDEBAR, *MAIN]


def test_a_footer_across_two_columns_stays_last(text_of):
    consent = "Autorizzo il trattamento dei dati personali ai sensi del Regolamento UE 2016/679"

    def draw(canvas):
        write_column(canvas, 40, SIDEBAR, leading=17)
        write_column(canvas, 220, MAIN)
        write_column(canvas, 40, [consent], top=400)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == [*SIDEBAR, *MAIN, consent]


def test_dates_on_the_left_stay_beside_their_jobs(text_of):
    assert text_of(pdf(lambda canvas: write_rows(canvas, DATED_ROWS)), "cv.pdf") == DATED_TEXT


def test_dates_stay_beside_their_jobs_when_the_file_writes_them_column_by_column(text_of):
    def draw(canvas):
        for column, x in ((0, 60), (1, 170)):
            for number, row in enumerate(DATED_ROWS):
                write_column(canvas, x, [row[column]], top=60 + 13 * number)

    assert text_of(pdf(draw), "cv.pdf") == DATED_TEXT


def test_dates_on_the_right_stay_beside_their_jobs(text_of):
    jobs = [("Magazziniere", "2011 - 2016"), ("Autista", "marzo 2017 - oggi"), ("Operaio", "2001")]

    def draw(canvas):
        canvas.setFont("Helvetica", 10)
        for number, (job, span) in enumerate(jobs):
            canvas.drawString(60, HEIGHT - 60 - 26 * number, job)
            canvas.drawRightString(540, HEIGHT - 60 - 26 * number, span)
            canvas.drawString(60, HEIGHT - 73 - 26 * number, f"mansioni da {job.lower()}")

    text = text_of(pdf(draw), "cv.pdf")
    assert [line for line in lines_of(text) if "\t" in line] == [f"{a}\t{b}" for a, b in jobs]


def test_dates_stay_beside_their_jobs_next_to_a_sidebar(text_of):
    def draw(canvas):
        write_column(canvas, 30, SIDEBAR, leading=17)
        write_rows(canvas, DATED_ROWS, x=200, gap=90)

    assert text_of(pdf(draw), "cv.pdf") == "\n".join(SIDEBAR) + "\n\n" + DATED_TEXT


def test_a_job_and_its_date_stay_together_before_a_right_sidebar(text_of):
    jobs = ["Magazziniere", "carico e scarico", "Autista", "consegne", "Operaio", "linea"]
    spans = ["2011-2016", "", "2016-2018", "", "2019", ""]

    def draw(canvas):
        write_column(canvas, 40, jobs)
        write_column(canvas, 250, spans)
        write_column(canvas, 420, SIDEBAR, leading=17)

    expected = [job + (f"\t{span}" if span else "") for job, span in zip(jobs, spans, strict=True)]
    assert lines_of(text_of(pdf(draw), "cv.pdf")) == expected + SIDEBAR


@pytest.mark.parametrize("alignment", ["TOP", "MIDDLE", "BOTTOM"])
def test_a_date_comes_before_the_lines_of_its_table_row_however_it_is_aligned(tmp_path, alignment):
    style = getSampleStyleSheet()["Normal"]
    long = "Magazziniere con responsabilità di carico, scarico, resi e inventario " * 3
    rows = [["2011-2016", Paragraph(long, style)], ["03/2017 - oggi", Paragraph(long, style)]]
    table = Table(rows, colWidths=[90, 300], style=[("VALIGN", (0, 0), (-1, -1), alignment)])
    path = tmp_path / "cv.pdf"
    SimpleDocTemplate(str(path)).build([table])
    lines = parse_document(path.read_bytes(), "cv.pdf", Limits()).text.split("\n")
    dated = [line for line in lines if "\t" in line]
    assert [line.split("\t")[0] for line in dated] == ["2011-2016", "03/2017 - oggi"]
    assert all(line.split("\t")[1].startswith("Magazziniere con") for line in dated)


@pytest.mark.parametrize("flush_right", [True, False], ids=["flush right", "with colons"])
def test_labels_stay_beside_their_values_as_in_the_old_european_format(text_of, flush_right):
    values = {"Nome": "Rossi Mario", "Indirizzo": "Via Roma 1", "Telefono": "0341", "Patente": "B"}
    colon = "" if flush_right else ":"

    def draw(canvas):
        canvas.setFont("Helvetica", 10)
        for number, label in enumerate(values):
            write = canvas.drawRightString if flush_right else canvas.drawString
            write(180 if flush_right else 60, HEIGHT - 60 - 15 * number, label + colon)
        for number, value in enumerate(values.values()):
            canvas.drawString(200, HEIGHT - 60 - 15 * number, value)

    expected = [f"{label}{colon}\t{value}" for label, value in values.items()]
    assert lines_of(text_of(pdf(draw), "cv.pdf")) == expected


def test_a_designed_page_of_frames_is_read_frame_by_frame(tmp_path):
    style = ParagraphStyle("justified", parent=getSampleStyleSheet()["Normal"], alignment=4)
    text = "Responsabile del magazzino con gestione del personale e controllo qualità. " * 6

    def name(canvas, _):
        write_column(canvas, 60, ["Giulia Bianchi"], top=60, size=20)

    frames = [Frame(40, 40, 160, 700), Frame(215, 40, 340, 700)]
    path = tmp_path / "cv.pdf"
    template = BaseDocTemplate(str(path), pagesize=A4)
    template.addPageTemplates(PageTemplate(frames=frames, onPage=name))
    side = [Paragraph("PROFILO", style), Paragraph(text, style)]
    template.build([*side, FrameBreak(), Paragraph("ESPERIENZE", style), Paragraph(text, style)])
    read = parse_document(path.read_bytes(), "cv.pdf", Limits()).text
    expected = f"Giulia Bianchi PROFILO {text} ESPERIENZE {text}"
    assert read.split() == expected.split()
    assert "\t" not in read


def test_short_cells_written_row_after_row_stay_on_their_rows(text_of):
    rows = [("Italiano", "madrelingua"), ("Inglese", "B1"), ("Francese", "A2"), ("Arabo", "A1")]
    text = text_of(pdf(lambda canvas: write_rows(canvas, rows)), "cv.pdf")
    assert lines_of(text) == ["\t".join(row) for row in rows]


def test_three_pages_follow_each_other_and_are_counted(document_of):
    pages = [[f"pagina prima {n}" for n in range(4)], MAIN, ["ultima parte del documento"]]
    document = document_of(factories.pdf_of_lines(*pages), "cv.pdf")
    assert lines_of(document.text) == sum(pages, [])
    assert document.pages == 3


def test_headers_are_kept_once_and_page_numbers_are_dropped(text_of):
    pages = [["Mario Rossi - Curriculum", f"esperienza numero {n}", f"{n} / 3"] for n in (1, 2, 3)]
    text = text_of(factories.pdf_of_lines(*pages), "cv.pdf")
    assert lines_of(text) == [
        "Mario Rossi - Curriculum",
        *(f"esperienza numero {n}" for n in (1, 2, 3)),
    ]


def test_running_lines_do_not_cut_the_columns_of_a_page_in_two(text_of):
    jobs = [[f"{job} {n}a mansione svolta" for n in range(8)] for job in ("Cuoco", "Autista")]

    def draw(canvas):
        for number, lines in enumerate(jobs, start=1):
            write_column(canvas, 40, ["Curriculum di prova"], top=30)
            write_column(canvas, 40, lines)
            write_column(canvas, 400, SIDEBAR if number == 1 else ["Hobby", "Lettura", "Cucito"])
            write_column(canvas, 280, [str(number)], top=800)
            canvas.showPage()

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == [
        "Curriculum di prova", *jobs[0], *SIDEBAR, *jobs[1], "Hobby", "Lettura", "Cucito",
    ]  # fmt: skip


def test_dates_at_the_edge_of_pages_are_not_taken_for_running_lines(text_of):
    pages = [
        [f"20{n}1 - 20{n}4", f"Esperienza {n + 1}", *(f"riga {n}{k} del testo" for k in range(9))]
        for n in (0, 1)
    ]
    assert lines_of(text_of(factories.pdf_of_lines(*pages), "cv.pdf")) == sum(pages, [])


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_that_declares_a_rotation_reads_the_same(text_of, rotation):
    def draw(canvas):
        canvas.setPageRotation(rotation)
        write_column(canvas, 40, SIDEBAR, leading=17)
        write_column(canvas, 220, MAIN)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == SIDEBAR + MAIN


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_text_that_is_turned_on_the_page_is_read_upright(text_of, degrees):
    def draw(canvas):
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(degrees)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        write_column(canvas, 40, SIDEBAR, top=330, leading=17)
        write_column(canvas, 220, MAIN, top=330)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == SIDEBAR + MAIN


def test_words_in_the_margin_come_after_the_page(text_of):
    def draw(canvas):
        write_column(canvas, 60, MAIN)
        canvas.translate(30, 400)
        canvas.rotate(90)
        canvas.drawString(0, 0, "riservato")

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == [*MAIN, "riservato"]


def test_a_word_cut_at_the_end_of_a_line_is_joined(text_of):
    text = text_of(factories.pdf_of_lines(["Addetto magazzi-", "niere a Lecco"]), "cv.pdf")
    assert text == "Addetto magazziniere\na Lecco"


def test_a_wide_gap_between_lines_leaves_one_blank_line(text_of):
    text = text_of(factories.pdf_of_lines(["prima", "seconda", "", "", "", "terza"]), "cv.pdf")
    assert text == "prima\nseconda\n\nterza"


def test_accents_ligatures_and_bullets_are_repaired(text_of):
    font = factories.use_truetype_font()

    def draw(canvas):
        write_column(canvas, 60, ["Citt`a, perch´e, ufﬁcio", "• saldatura"], font=font)

    assert text_of(pdf(draw), "cv.pdf") == "Città, perché, ufficio\n- saldatura"


def test_the_values_of_form_fields_are_read(text_of):
    def draw(canvas):
        write_column(canvas, 60, ["Nome e cognome"])
        canvas.acroForm.textfield(name="n", value="Mario Rossi", x=60, y=700, width=200)

    assert lines_of(text_of(pdf(draw), "cv.pdf")) == ["Nome e cognome", "Mario Rossi"]


def test_a_pdf_that_opens_without_a_password_is_read(text_of):
    data = pdf(lambda canvas: write_column(canvas, 60, MAIN), password="")
    assert lines_of(text_of(data, "cv.pdf")) == MAIN


def test_the_characters_of_all_pages_count_together(refusal_of):
    data = factories.pdf_of_lines(*[["abcdefghi " * 5] * 20] * 3)
    assert refusal_of(data, "cv.pdf", Limits(max_characters=2_500)) == DocumentErrorCode.TOO_LARGE


def test_lines_of_one_column_keep_their_order(text_of):
    lines = lines_of(text_of(factories.pdf_of_lines(MAIN), "cv.pdf"))
    assert all(MAIN.index(one) < MAIN.index(other) for one, other in pairwise(lines))
    assert len(lines) == len(MAIN)
