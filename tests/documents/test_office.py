"""DOCX and ODT give all their text, in its order."""

import docx
import pytest
from odf import style as odf_style
from odf import text as odf_text

from matching.documents.docx import read_docx
from matching.documents.values import Limits

from .factories import (
    docx_file,
    docx_of_lines,
    docx_of_xml,
    odt_file,
    odt_list,
    odt_of_lines,
    odt_of_xml,
    odt_table,
    word_paragraph,
)

BOX = (
    "<w:p><w:r><w:t>prima</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>"
    "<wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_paragraphs_and_tables_keep_their_order(text_of):
    def build(document):
        document.add_paragraph("prima")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ["2011", "Operaio", "2016", "Autista"], strict=True):
            cell.text = text
        document.add_paragraph("dopo")

    assert text_of(docx_file(build), "cv.docx") == "prima\n2011\tOperaio\n2016\tAutista\ndopo"


def test_a_table_used_as_page_layout_is_read_cell_by_cell(text_of):
    def build(document):
        side, main = document.add_table(rows=1, cols=2).rows[0].cells
        side.text = "CONTATTI\nLecco"
        main.text = "ESPERIENZE"
        main.add_paragraph("Operaio")

    assert text_of(docx_file(build), "cv.docx") == "CONTATTI\nLecco\nESPERIENZE\nOperaio"


def test_a_table_inside_a_cell_is_read_where_it_stands(text_of):
    def build(document):
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "fuori"
        inner = cell.add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "dentro", "ancora"

    assert text_of(docx_file(build), "cv.docx") == "fuori\ndentro\tancora"


def test_lists_start_with_a_dash_by_style_or_by_numbering(text_of):
    def build(document):
        document.add_paragraph("saldatura", style="List Bullet")
        document.add_paragraph("normale")

    assert text_of(docx_file(build), "cv.docx") == "- saldatura\nnormale"
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        "<w:r><w:t>muletto</w:t></w:r></w:p>"
    )
    assert text_of(docx_of_xml(numbered), "cv.docx") == "- muletto"


def test_headers_come_first_and_footers_last_without_page_numbers(text_of):
    def build(document):
        section = document.sections[0]
        section.header.paragraphs[0].text = "Mario Rossi"
        section.footer.paragraphs[0].text = "Autorizzo il trattamento"
        document.add_paragraph("corpo")

    assert (
        text_of(docx_file(build), "cv.docx") == "Mario Rossi\n\ncorpo\n\nAutorizzo il trattamento"
    )


def test_a_text_box_is_read_once_after_its_paragraph(text_of):
    data = docx_of_xml(BOX.format(word_paragraph("nel riquadro")) + word_paragraph("dopo"))
    assert text_of(data, "cv.docx") == "prima\nnel riquadro\ndopo"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:p><w:hyperlink><w:r><w:t>sito web</w:t></w:r></w:hyperlink></w:p>", "sito web"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>campo</w:t></w:r></w:p></w:sdtContent></w:sdt>",
         "campo"),
        ("<w:p><w:ins><w:r><w:t>aggiunto</w:t></w:r></w:ins>"
         "<w:del><w:r><w:delText>tolto</w:delText></w:r></w:del></w:p>", "aggiunto"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
        ('<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t>voce</w:t></w:r></w:p>', "- voce"),
        ("<w:p><w:r><w:t>visto</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> nascosto</w:t>"
         "</w:r></w:p>", "visto"),
        ("<w:p><w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail soft</w:t><w:softHyphen/>"
         "<w:t>ware</w:t></w:r></w:p>", "e-mail software"),
        ('<w:p><w:r><w:t>riga</w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t> 7</w:t></w:r>'
         "</w:fldSimple></w:p>", "riga"),
    ],
    ids=["link", "content control", "revisions", "tab and break", "symbol", "hidden", "hyphens",
         "page"],
)  # fmt: skip
def test_what_python_docx_does_not_show_is_read(text_of, xml, text):
    assert text_of(docx_of_xml(xml), "cv.docx") == text


def test_a_footer_that_counts_pages_with_fields_leaves_nothing(text_of):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {0} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    count = f"{field.format('PAGE')}<w:r><w:t> di </w:t></w:r>{field.format('NUMPAGES')}"
    footer = f"<w:p><w:r><w:t>Pagina </w:t></w:r>{count}</w:p>"
    date = "<w:p>" + field.format("DATE") + "</w:p>"
    data = docx_of_xml(word_paragraph("corpo") + footer + date)
    assert text_of(data, "cv.docx") == "corpo\n2"


def test_our_reader_sees_every_paragraph_that_python_docx_sees(tmp_path):
    lines = [f"riga {number} del documento" for number in range(50)]
    data = docx_of_lines(*lines)
    path = tmp_path / "cv.docx"
    path.write_bytes(data)
    theirs = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert [line for line in read_docx(data, Limits()) if line] == theirs == lines


def test_an_odt_keeps_headings_lists_and_tables_in_order(text_of):
    def build(document):
        document.text.addElement(odf_text.H(outlinelevel=1, text="Esperienze"))
        document.text.addElement(odt_table([["2011", "Operaio"], ["2016", "Autista"]]))
        document.text.addElement(odt_list("saldatura", "muletto"))
        document.text.addElement(odf_text.P(text="fine"))

    assert text_of(odt_file(build), "cv.odt") == (
        "Esperienze\n2011\tOperaio\n2016\tAutista\n- saldatura\n- muletto\nfine"
    )


def test_the_header_and_footer_of_an_odt_page_are_read(text_of):
    def build(document):
        layout = odf_style.PageLayout(name="pl")
        document.automaticstyles.addElement(layout)
        master = odf_style.MasterPage(name="Standard", pagelayoutname=layout)
        for kind, text in ((odf_style.Header, "in alto"), (odf_style.Footer, "in basso")):
            edge = kind()
            edge.addElement(odf_text.P(text=text))
            master.addElement(edge)
        document.masterstyles.addElement(master)
        document.text.addElement(odf_text.P(text="corpo"))

    assert text_of(odt_file(build), "cv.odt") == "in alto\n\ncorpo\n\nin basso"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ('<text:p>a<text:s text:c="999999999"/>b</text:p>', "a b"),
        ("<text:p>Mario\n   <text:span>Rossi</text:span>, <text:a>sito</text:a></text:p>",
         "Mario Rossi, sito"),
        ("<text:p>su<draw:frame><draw:text-box><text:p>riquadro</text:p></draw:text-box></draw:frame>"
         "</text:p>", "su\nriquadro"),
        ("<text:tracked-changes><text:p>tolto</text:p></text:tracked-changes><text:p>resta</text:p>",
         "resta"),
        ("<text:p>di prova<text:page-number>3</text:page-number></text:p>", "di prova"),
    ],
    ids=["tab and break", "spaces", "spans", "text box", "revisions", "page number"],
)  # fmt: skip
def test_the_elements_of_an_odt_paragraph_become_text(text_of, xml, text):
    assert text_of(odt_of_xml(xml), "cv.odt") == text


def test_an_office_document_has_no_number_of_pages(document_of):
    assert document_of(docx_of_lines("ciao"), "cv.docx").pages is None
    assert document_of(odt_of_lines("ciao"), "cv.odt").pages is None
