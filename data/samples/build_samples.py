"""Write the sample CVs and vacancies of this folder.

Every text lives in this file, next to the function that lays it out. People, companies, streets
and telephone numbers are invented; the municipalities are real ones of the province of Lecco.
Misspellings, odd spacing and mixed date styles inside the texts are deliberate: do not correct
them.

Run ``python build_samples.py`` to rewrite the documents, or ``python build_samples.py --check``
to compare a fresh build with the stored files. Nothing is fetched from the network.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph
from odf import dc, meta, teletype
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TextProperties
from odf.text import P, Span
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).resolve().parent
ZIP_TIME = (2026, 1, 1, 0, 0, 0)
META_TIME = datetime(2026, 1, 1, 9, 0, 0)

# ------------------------------------------------------------------------------------------------
# Helpers
# ------------------------------------------------------------------------------------------------


def flow(text: str) -> str:
    """Join the lines of a wrapped source text into one paragraph."""
    return " ".join(text.split())


def repack(data: bytes) -> bytes:
    """Rewrite a zip container with one fixed timestamp on all of its members."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def pdf_bytes(
    story: list[Any],
    template: PageTemplate,
    *,
    title: str,
    author: str,
) -> bytes:
    """Render a story through one page template, with fixed dates and ids."""
    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title=title, author=author, invariant=1)
    document.addPageTemplates([template])
    document.build(story)
    return out.getvalue()


def docx_bytes(document: Any, *, author: str, title: str = "") -> bytes:
    """Save a Word document with fixed properties and zip timestamps."""
    properties = document.core_properties
    properties.author = author
    properties.last_modified_by = author
    properties.title = title
    properties.comments = ""
    properties.created = META_TIME
    properties.modified = META_TIME
    properties.revision = 3
    out = BytesIO()
    document.save(out)
    return repack(out.getvalue())


def rtf_text(text: str) -> str:
    r"""Escape a text for RTF: cp1252 as ``\'e0``, anything else as ``\u1234?``."""
    parts = []
    for char in text:
        if char in "\\{}":
            parts.append("\\" + char)
        elif char == "\t":
            parts.append("\\tab ")
        elif ord(char) < 128:
            parts.append(char)
        else:
            try:
                parts.append(f"\\'{char.encode('cp1252')[0]:02x}")
            except UnicodeEncodeError:
                parts.append(f"\\u{ord(char)}?")
    return "".join(parts)


def bold_parts(line: str) -> Iterable[tuple[str, bool]]:
    """Split a line on ``**`` into pieces and whether each is bold."""
    for number, piece in enumerate(line.split("**")):
        if piece:
            yield piece, number % 2 == 1


def plain(text: str, encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """Encode a plain text with the wanted charset and line ends."""
    return text.lstrip("\n").replace("\n", newline).encode(encoding)


# ------------------------------------------------------------------------------------------------
# CV 1: two-column PDF with a coloured sidebar (fork-lift driver, warehouse)
# ------------------------------------------------------------------------------------------------

VALNEGRINI_SIDEBAR: list[tuple[str, list[str]]] = [
    (
        "Contatti",
        [
            "Via dei Noccioli Alti 14/B<br/>23801 Calolziocorte (LC)",
            "cell. 305 41 77 206",
            "mirko.valnegrini86@example.it",
            "nato a Lecco il 09/05/1986",
            "Patente B – automunito",
        ],
    ),
    (
        "Patentini",
        [
            "Carrelli elevatori semoventi con conducente a bordo (rinnovo 02/2024)",
            "PLE piattaforme con stabilizzatori, 2022",
            "Formazione sicurezza lavoratori RISCHIO ALTO 16h",
            "Antincendio rischio medio",
        ],
    ),
    (
        "Cosa so fare",
        [
            "• mulettista frontale e retrattile (h. 9 mt)",
            "• transpallet elettrico uomo a bordo",
            "• carico / scarico bilici",
            "• palmare, radiofrequenza",
            "• gestionale magazzino (WMS) e AS400 base",
            "• bolle, DDT, packing list",
            "• inventario a rotazione",
        ],
    ),
    ("Lingue", ["Italiano@5", "Inglese@2", "Spagnolo@1"]),
    ("Altro", ["Volontario AIB (antincendio boschivo) dal 2015", "Pesca, MTB"]),
]

VALNEGRINI_MAIN: list[tuple[str, list[tuple[str, str, str]]]] = [
    (
        "Chi sono",
        [
            (
                "",
                "",
                """Magazziniere con più di dieci anni di esperienza, abituato a lavorare su turni
                e in squadra. Preciso, puntuale, non ho mai avuto infortuni con il muletto. Cerco
                un posto stabile in zona Lecco / Oggiono, il mio contratto attuale scade a fine
                anno.""",
            )
        ],
    ),
    (
        "Esperienze lavorative",
        [
            (
                "Magazziniere – mulettista",
                "MOVILARIO Soc. Coop. – Olginate (LC) | Sett. 2019 – oggi",
                """Ricevimento merci, controllo bolle, stoccaggio a scaffale con carrello
                retrattile, preparazione ordini con palmare, carico camion. Da 2 anni seguo anche
                i nuovi assunti (affiancamento). Turni 6-14 / 14-22.""",
            ),
            (
                "Addetto picking e spedizioni",
                "Ferrogross Brughetti S.r.l., ingrosso ferramenta – Garlate | 03/2014 – 08/2019",
                """Prelievo articoli con lista e pistola barcode, imballo, etichettatura,
                filmatura bancali. Rapporto con i corrieri. Inventario di fine anno. Qualche volta
                consegne con il furgone.""",
            ),
            (
                "Operaio generico",
                "Trafilerie Perlandi, Vercurago | 2010-2013",
                """Addetto alla trafila e al carroponte, movimentazione bobine. Cassa integrazione
                da gennaio 2013, poi mobilità.""",
            ),
            (
                "Aiuto idraulico",
                "ditta individuale (mio zio) | estate 2006 – 2009",
                "Tracce, posa tubi, scarichi, montaggio sanitari.",
            ),
        ],
    ),
    (
        "Formazione",
        [
            (
                "Qualifica operatore elettrico",
                "Centro di Formazione Professionale, Lecco | 2003 - 2006",
                "",
            ),
            (
                "Corso “Excel e gestionali per la logistica” (40 ore)",
                "corso finanziato da Fondo interprofessionale | nov. 2021",
                "",
            ),
        ],
    ),
]


def cv_valnegrini() -> bytes:
    """Two-column PDF: sidebar drawn after the main column, letter-spaced headings."""
    for face, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf"), ("VeraIt", "VeraIt.ttf")):
        pdfmetrics.registerFont(TTFont(face, file))
    dark, accent = colors.HexColor("#23414f"), colors.HexColor("#d9822b")
    width, height = A4
    side = 6.6 * cm
    body = ParagraphStyle("body", fontName="Vera", fontSize=8.6, leading=12)
    role = ParagraphStyle("role", parent=body, fontName="VeraBd", fontSize=9.6, spaceBefore=6)
    place = ParagraphStyle("place", parent=body, fontName="VeraIt", fontSize=8, textColor=dark)
    heading = ParagraphStyle(
        "heading",
        parent=role,
        fontSize=12,
        leading=16,
        spaceBefore=13,
        spaceAfter=3,
        textColor=accent,
    )
    left = ParagraphStyle(
        "left", parent=body, fontSize=8, leading=11, textColor=colors.white, spaceAfter=3
    )
    left_heading = ParagraphStyle(
        "lh", parent=left, fontName="VeraBd", fontSize=9.5, spaceBefore=11, spaceAfter=5
    )

    def background(canvas: Canvas, _doc: object) -> None:
        canvas.saveState()
        canvas.setFillColor(dark)
        canvas.rect(0, 0, side, height, stroke=0, fill=1)
        canvas.restoreState()

    def sidebar(canvas: Canvas, _doc: object) -> None:
        canvas.saveState()
        canvas.setFillColor(colors.HexColor("#e8e3da"))
        canvas.circle(side / 2, height - 3.1 * cm, 1.75 * cm, stroke=0, fill=1)
        canvas.setFillColor(dark)
        canvas.setFont("VeraBd", 26)
        canvas.drawCentredString(side / 2, height - 3.4 * cm, "MV")
        story: list[Any] = []
        for title, lines in VALNEGRINI_SIDEBAR:
            story.append(Paragraph(title.upper(), left_heading))
            for line in lines:
                name, _, dots = line.partition("@") if line[-1].isdigit() else (line, "", "")
                if dots:
                    row = [[Paragraph(name, left), *[""] * 5]]
                    marks = [
                        (("BACKGROUND", (n, 0), (n, 0), accent if n <= int(dots) else colors.grey))
                        for n in range(1, 6)
                    ]
                    story.append(
                        Table(
                            row,
                            colWidths=[2.4 * cm, *[0.45 * cm] * 5],
                            rowHeights=[14],
                            hAlign="LEFT",
                            style=TableStyle(
                                [
                                    *marks,
                                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                                    ("INNERGRID", (0, 0), (-1, -1), 3, dark),
                                    ("LINEABOVE", (0, 0), (-1, -1), 4, dark),
                                    ("LINEBELOW", (0, 0), (-1, -1), 4, dark),
                                ]
                            ),
                        )
                    )
                else:
                    story.append(Paragraph(line, left))
        Frame(0.6 * cm, 1 * cm, side - 1.1 * cm, height - 6.4 * cm).addFromList(story, canvas)
        if story:
            raise ValueError("the sidebar of CV 1 overflows its page")
        canvas.setFillColor(colors.grey)
        canvas.setFont("Vera", 6)
        canvas.drawString(
            side + 0.8 * cm,
            0.8 * cm,
            "Autorizzo il trattamento dei dati personali ai sensi del D.Lgs. 196/03 e del "
            "Reg. UE 2016/679 (GDPR).",
        )
        canvas.restoreState()

    name = ParagraphStyle("name", parent=role, fontSize=21, leading=25, textColor=dark)
    # Letter spacing as design templates write it: real spaces between the letters.
    trade = ParagraphStyle("trade", parent=body, fontSize=9, leading=14, textColor=accent)
    story: list[Any] = [
        Paragraph("Mirko<br/>VALNEGRINI", name),
        Paragraph("M A G A Z Z I N I E R E&nbsp;&nbsp; /&nbsp;&nbsp; M U L E T T I S T A", trade),
    ]
    for title, entries in VALNEGRINI_MAIN:
        story.append(Paragraph(title.upper(), heading))
        for what, where, text in entries:
            if what:
                story.append(Paragraph(what, role))
                story.append(Paragraph(where, place))
            if text:
                story.append(Paragraph(flow(text), body))
    frame = Frame(side + 0.6 * cm, 1.2 * cm, width - side - 1.4 * cm, height - 2.4 * cm)
    template = PageTemplate("page", [frame], onPage=background, onPageEnd=sidebar)
    return pdf_bytes(story, template, title="CV Mirko", author="Mirko Valnegrini")


# ------------------------------------------------------------------------------------------------
# CV 2: plain two-page PDF with a repeated footer (CNC turner)
# ------------------------------------------------------------------------------------------------

BONACITI = """
# CURRICULUM VITAE
! BONACITI IVANO
! Via Molinello Vecchio 7 – 23868 Valmadrera (LC)
! Tel. 302.6610934 (ore pasti) – e-mail: ivano.bonaciti@example.it
! Nato a Lecco il 22/11/1971, coniugato, 2 figli. Patente B.

= Obiettivo
Dopo la chiusura dell'officina in cui ho lavorato per ventuno anni cerco una nuova occupazione come
tornitore, preferibilmente su torni a controllo numerico. Valuto anche impieghi come attrezzista o
addetto al collaudo. Disponibile da subito, a giornata o su due turni, nel raggio di 20 km.

= Esperienze professionali
* Da febbraio 2003 a giugno 2024 – Torneria Bolgetti S.n.c., Malgrate (LC)
~ Tornitore CNC / attrezzatore, 5° livello metalmeccanici artigiani
Lavorazione di particolari in acciaio, inox, ottone e alluminio per il settore rubinetteria e
oleodinamica, piccole e medie serie (da 1 a 5000 pezzi). Attrezzaggio completo della macchina,
scelta utensili e inserti, azzeramento, modifica e correzione dei programmi a bordo macchina
(Fanuc serie 0i e 18i, Siemens 840D, Mazatrol). Programmazione ISO di pezzi semplici dal disegno.
- Torni a 2 assi con caricatore di barre (Iemca) e tornio bimandrino con utensili motorizzati.
- Controllo dimensionale con calibro, micrometro, alesametro, comparatore, tamponi passa/non passa;
compilazione della scheda di autocontrollo.
- Negli ultimi anni ho seguito due apprendisti e ho gestito gli ordini degli utensili.
- Piccola manutenzione: livelli, filtri, lubrorefrigerante, pulizia vasche trucioli.

* 1994 - gennaio 2003: OFFICINA MECCANICA F.LLI GILARDASSI, Civate
~ tornitore su tornio parallelo, poi tornio CNC
Tornitura di alberi, boccole, flange su pezzo singolo e riparazioni. Filettature, zigrinature, coni.
Affilatura utensili a mano. Fresatrice universale e trapano radiale quando serviva. Nel 1999
la ditta ha comprato il primo tornio CNC (Graziano, controllo Fanuc) e sono stato mandato al corso.

* 9/90 – 12/93   Minuterie Sarmenta S.p.A., Valmadrera
~ Operaio addetto macchine automatiche
Torni plurimandrini a camme, carico barre, lavaggio e imballo dei pezzi. Servizio militare dal 10/91
al 09/92.

= Dopo il 2024
* luglio 2024 - oggi   In NASpI fino a maggio 2026, ora disoccupato
Ho frequentato un corso di disegno CAD 2D (60 ore) organizzato tramite il Centro per l'Impiego
e da ottobre 2025 do una mano, come volontario, nella ciclofficina dell'oratorio: riparazione bici
e insegno ai ragazzi ad usare gli attrezzi. Nei mesi di marzo/aprile 2026 tre settimane di prova
presso un'officina di Annone, terminata perche' il lavoro era solo notturno.

= Istruzione
* 1985 – 1988   Qualifica di congegnatore meccanico, IPSIA Lecco
* 2007 – 2009   Corso serale per tecnico delle industrie meccaniche (non concluso, fino in IV)

= Corsi e attestati
- Corso programmazione torni CNC linguaggio ISO, 80 ore, anno 1999
- Corso Fanuc Manual Guide, 24 ore, anno 2012
- Addetto primo soccorso gruppo B (aggiornamento 2023)
- Formazione generale e specifica D.Lgs 81/08, rischio alto
- Carroponte comando a terra, interno in azienda
- Carrello elevatore: usato spesso in officina per barre e cassoni, patentino preso nel 2013 e
non più rinnovato

= Conoscenze tecniche
Lettura del disegno meccanico, tolleranze ISO e rugosità. Materiali e trattamenti termici di base.
Trigonometria per il calcolo dei coni. Computer: posta elettronica, Excel (poco), CAD 2D base.

= Lingue
Italiano madrelingua. Inglese scolastico, capisco i messaggi di allarme della macchina e i manuali.

= Altre informazioni
Preciso, metodico, abituato a lavorare in autonomia. Suono il basso tuba nel corpo musicale del mio
paese. Iscritto alle liste del collocamento ordinario dal 01.07.2024.

Autorizzo al trattamento dei miei dati personali secondo il Regolamento UE 679/2016.
! Valmadrera, 10 settembre 2026                                  Ivano Bonaciti
"""


def cv_bonaciti() -> bytes:
    """One-column PDF in Times, justified, two pages, the same footer on both."""
    body = ParagraphStyle(
        "body",
        fontName="Times-Roman",
        fontSize=11.5,
        leading=15.2,
        alignment=TA_JUSTIFY,
        spaceAfter=3,
    )
    styles = {
        "#": ParagraphStyle(
            "t",
            parent=body,
            fontName="Times-Bold",
            fontSize=16,
            leading=22,
            alignment=TA_CENTER,
            spaceAfter=8,
        ),
        "!": ParagraphStyle("c", parent=body, spaceAfter=0),
        "=": ParagraphStyle(
            "h",
            parent=body,
            fontName="Times-Bold",
            fontSize=12.5,
            spaceBefore=13,
            spaceAfter=4,
            keepWithNext=1,
        ),
        "*": ParagraphStyle(
            "d", parent=body, fontName="Times-Bold", spaceBefore=6, spaceAfter=0, keepWithNext=1
        ),
        "~": ParagraphStyle("r", parent=body, fontName="Times-Italic", spaceAfter=1),
        "-": ParagraphStyle("b", parent=body, leftIndent=16, bulletIndent=4),
    }

    def footer(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Times-Roman", 9)
        canvas.line(2.2 * cm, 1.75 * cm, A4[0] - 2.2 * cm, 1.75 * cm)
        canvas.drawString(
            2.2 * cm, 1.3 * cm, "Curriculum Vitae di Bonaciti Ivano - agg. settembre 2026"
        )
        canvas.drawRightString(A4[0] - 2.2 * cm, 1.3 * cm, f"Pagina {document.page} di 2")
        canvas.restoreState()

    story: list[Any] = []
    blocks: list[list[str]] = []
    for line in BONACITI.strip().split("\n"):
        starts = line[:2] in {"# ", "! ", "= ", "* ", "~ ", "- "}
        follows = bool(blocks) and bool(blocks[-1]) and blocks[-1][0][:1] not in set("#!=~*")
        if not line:
            blocks.append([])
        elif starts or not follows:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    for block in blocks:
        if not block:
            story.append(Spacer(1, 3))
            continue
        mark = block[0][:2]
        if mark[1:] == " " and mark[0] in styles:
            text = flow(" ".join(block)[2:]) if mark not in {"! ", "* "} else block[0][2:]
            bullet = "•" if mark == "- " else None
            story.append(
                Paragraph(text.replace("  ", "&nbsp; "), styles[mark[0]], bulletText=bullet)
            )
        else:
            story.append(Paragraph(flow(" ".join(block)), body))
    frame = Frame(2.2 * cm, 2.1 * cm, A4[0] - 4.4 * cm, A4[1] - 3.9 * cm)
    template = PageTemplate("page", [frame], onPage=footer)
    return pdf_bytes(
        story, template, title="Microsoft Word - CV Ivano 2026 ULTIMO.doc", author="utente"
    )


# ------------------------------------------------------------------------------------------------
# CV 3: Europass-like DOCX, tables with dates on the left (qualified OSS)
# ------------------------------------------------------------------------------------------------

MAURONTI_WORK: list[tuple[str, str, str, list[str], str]] = [
    (
        "ottobre 2022 – alla data attuale",
        "Operatrice socio sanitaria (OSS) - assistenza domiciliare",
        "Cooperativa sociale Passi Lenti, Merate (LC)",
        [
            "Igiene personale e bagno assistito a domicilio, mobilizzazione e uso del "
            "sollevatore, prevenzione delle lesioni da decubito",
            "Aiuto nell’assunzione dei pasti anche con disfagia, preparazione pasti",
            "Compilazione del diario assistenziale su tablet",
            "Accompagnamento a visite ed esami con auto della cooperativa",
        ],
        "Servizi sociali, SAD/ADI (25 ore settimanali, part time verticale)",
    ),
    (
        "03/2016 – 09/2022",
        "Operatrice Socio-Sanitaria in nucleo anziani e nucleo Alzheimer",
        "R.S.A. Casa delle Betulle Alte, Cernusco Lombardone",
        [
            "Assistenza di base a ospiti non autosufficienti su tre turni (M/P/N)",
            "Rilevazione parametri vitali su indicazione dell’infermiere",
            "Lavoro in équipe, consegne, PAI",
            "Periodo Covid: reparto isolato, vestizione DPI",
        ],
        "RSA 90 posti letto",
    ),
    (
        "2014 – 2015",
        "Tirocinio OSS (450 ore)",
        "Ospedale, reparto di medicina + centro diurno disabili",
        [],
        "",
    ),
    (
        "01/06/2001 – 31/12/2012",
        "Cassiera e addetta banco salumi",
        "Supermercati Spesavicina srl – Merate",
        ["Cassa, apertura e chiusura, rifornimento scaffali, ordini freschi, HACCP"],
        "Grande distribuzione",
    ),
]

MAURONTI_STUDY: list[tuple[str, str, str]] = [
    (
        "2014 – 2015",
        "Attestato di qualifica Operatore Socio Sanitario (1000 ore)",
        "Ente di formazione accreditato Regione Lombardia, Lecco",
    ),
    ("nov. 2019", "Corso “Approccio alla persona con demenza”, 16 ore", "presso RSA"),
    ("2024", "BLSD per operatori (retraining)", "Croce volontaria locale"),
    ("1995 – 2000", "Diploma di Dirigente di comunità", "Istituto professionale, Merate"),
]

MAURONTI_LANGUAGES: list[list[str]] = [
    ["", "COMPRENSIONE", "", "PARLATO", "", "PRODUZIONE SCRITTA"],
    ["", "Ascolto", "Lettura", "Interazione", "Produzione orale", ""],
    ["Inglese", "A2", "A2", "A1", "A1", "A1"],
    ["Francese", "B1", "B1", "A2", "A2", "A2"],
]


def fill(
    cell: _Cell,
    text: str,
    *,
    bold: bool = False,
    size: float = 9.5,
    tint: str = "",
    right: bool = False,
    first: bool = True,
) -> DocxParagraph:
    """Put one paragraph into a cell and return it."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(size)
    run.font.name = "Arial"
    if tint:
        run.font.color.rgb = RGBColor.from_string(tint)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph


def cv_mauronti() -> bytes:
    """Europass-like CV: one borderless table per section and a nested language grid."""
    blue = "0E4194"
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.6)
    section.top_margin = section.bottom_margin = Cm(1.8)
    section.header.paragraphs[0].text = "\tCurriculum Vitae\tLorella Mauronti"
    section.footer.paragraphs[
        0
    ].text = "© Unione europea, 2002-2016 | europass\tPagina 1 / 2"  # copied template footer
    widths = (Cm(4.6), Cm(13.2))

    def table() -> Any:
        result = document.add_table(rows=0, cols=2)
        result.autofit = False
        for column, width in zip(result.columns, widths, strict=True):
            column.width = width
        return result

    def row(target: Any) -> tuple[_Cell, _Cell]:
        cells = target.add_row().cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        return cells[0], cells[1]

    def heading(text: str) -> None:
        left, right = row(table())
        fill(left, text, bold=True, tint=blue, right=True)
        fill(right, "_" * 64, size=8, tint=blue)

    top = table()
    for label, text in (
        ("INFORMAZIONI PERSONALI", "Lorella Mauronti"),
        ("", "Via Cascina Perlarossa 31, 23807 Merate (LC) Italia"),
        ("", "300 9912458     ☎ —"),
        ("", "lorella.mauronti@example.it"),
        ("", "Sesso F | Data di nascita 14/02/1981 | Nazionalità Italiana"),
    ):
        left, right = row(top)
        fill(left, label, bold=True, tint=blue, right=True)
        fill(right, text, bold=bool(label), size=14 if label else 9.5)
    left, right = row(table())
    fill(left, "OCCUPAZIONE PER LA QUALE SI CONCORRE", bold=True, tint=blue, right=True)
    fill(right, "O.S.S.", bold=True, size=12)

    heading("ESPERIENZA PROFESSIONALE")
    work = table()
    for dates, role, employer, duties, field in MAURONTI_WORK:
        left, right = row(work)
        fill(left, dates, tint=blue, right=True)
        fill(right, role, bold=True, size=10.5)
        fill(right, employer, first=False)
        for duty in duties:
            fill(right, "▪ " + duty, first=False)
        if field:
            fill(right, "Attività o settore  " + field, size=8.5, first=False)

    heading("ISTRUZIONE E FORMAZIONE")
    study = table()
    for dates, what, where in MAURONTI_STUDY:
        left, right = row(study)
        fill(left, dates, tint=blue, right=True)
        fill(right, what, bold=True)
        fill(right, where, first=False)

    heading("COMPETENZE PERSONALI")
    skills = table()
    left, right = row(skills)
    fill(left, "Lingua madre", tint=blue, right=True)
    fill(right, "Italiano")
    left, right = row(skills)
    fill(left, "Altre lingue", tint=blue, right=True)
    grid = right.add_table(rows=len(MAURONTI_LANGUAGES), cols=6)
    grid.style = "Table Grid"
    for cells, values in zip(grid.rows, MAURONTI_LANGUAGES, strict=True):
        for cell, value in zip(cells.cells, values, strict=True):
            fill(cell, value, size=7.5)
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(0, 3).merge(grid.cell(0, 4))
    fill(
        right,
        "Livelli: A1/A2: Utente base - B1/B2: Utente intermedio - C1/C2 Utente avanzato",
        size=7,
        first=False,
    )
    for label, text in (
        (
            "Competenze comunicative",
            "Buona capacità di ascolto e di relazione con l’anziano e con i familiari, maturata "
            "in RSA e soprattutto a domicilio.",
        ),
        (
            "Competenze organizzative e gestionali",
            "Gestisco in autonomia il giro degli utenti; referente per la tenuta dei presidi nel "
            "nucleo (2020-2022).",
        ),
        ("Competenza digitale", "uso tablet, cartella socio sanitaria informatizzata, WhatsApp"),
        ("Patente di guida", "B – automunita"),
    ):
        left, right = row(skills)
        fill(left, label, tint=blue, right=True)
        fill(right, text)

    heading("ULTERIORI INFORMAZIONI")
    extra = table()
    for label, text in (
        (
            "Disponibilità",
            "Cerco tempo pieno o part-time 30 ore, anche notti. Preavviso 15 gg. "
            "Disponibile a turni nei festivi (non tutte le domeniche).",
        ),
        (
            "Dati personali",
            "Autorizzo il trattamento dei miei dati personali ai sensi del Decreto Legislativo "
            "30 giugno 2003, n. 196 e del GDPR.",
        ),
    ):
        left, right = row(extra)
        fill(left, label, tint=blue, right=True)
        fill(right, text)
    document.add_paragraph()
    return docx_bytes(document, author="Lorella", title="Curriculum Vitae Europass")


# ------------------------------------------------------------------------------------------------
# CV 4: ODT without styles (informal carer, parish kitchen, former mill worker)
# ------------------------------------------------------------------------------------------------

GALBUSERI = """
                                   **CURRICULUM   VITAE**

**Dati anagrafici**

Nome e cognome :\t\tGalbuseri Rosanna
nata il :\t\t\t3 aprile 1967 a Oggiono
residente :\t\tVia dei Sambuchi Neri n.3 - Oggiono (Lc)
telefono :\t\t\t309 2275140 ( se non rispondo mandare messagio )
stato civile :\t\tnubile
e mail :\t\t\t(di mia nipote)   galbuseri.r@example.it



**Studi fatti**

Licenza media   1981
Corso di taglio e cucito    1982-83


**Lavori**

- dal 1983 al 1996       **Tessitura Gorlazzi Oggiono**     operaia ai telai , orditura , controllo
                                     pezze   (la ditta ha chiuso)
- dal '97 al dicembre 2009    **stireria e mensa**   ditta Pulistir di Annone. Stiratrice , e negli
                                     ultimi 4 anni  aiutavo anche nella mensa interna
                                     (distribuzione pasti , lavaggio , pulizia cucina)

- DAL 2010 AD OGGI   mi sono ocupata di mia mamma , invalida al 100% con l'alzaimer , fino a che
è mancata a gennaio di quest'anno. La lavavo , la alzavo con il solevatore , le davo da mangiare
frullato , le medicine secondo gli orari del dottore , il cambio del catetere lo faceva
l'infermiera ma io la aiutavo e ho imparato a guardare se c'erano arrosamenti.
Negli ultimi 2 anni anche uno zio (diabete , glicemia 3 volte al giorno e puntura di insulina).
Non ho contratti perché era la mia famiglia , però è un lavoro.


**Volontariato**

Cucina della parrocchia : dal 2004.  Facciamo la cena dei poveri il giovedi (40/50 persone) ,
il pranzo degli anziani una volta al mese e le 2 settimane della sagra a luglio  dove siamo in
cucina in 6 e io sono quella che fà i primi e la polenta , e tengo la lista della spesa.
Corso alimentarista (ex libretto sanitario)  fatto nel 2018 con la proloco, da rifare.


**Altro**

So stirare , cucire , orlare , usare il telefono per i messaggi e le chiamate video , il computer
no ma imparo.
Patente B , ho una Panda . Non guido in autostrada.
Carattere paziente , non mi spaventa la fatica.  **Cerco lavoro vicino a casa** (Oggiono , Molteno ,
Annone , Ello ...) come aiuto in casa di riposo o anziani soli , oppure in cucina . Mattina o
pomeriggio è uguale , **notte no.**


                                                                              Rosanna Galbuseri
"""


def cv_galbuseri() -> bytes:
    """ODT typed with spaces and tabs, every line a paragraph, headings only in manual bold."""
    document = OpenDocumentText()
    bold = Style(name="T1", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    base = Style(name="P1", family="paragraph")
    base.addElement(ParagraphProperties(margintop="0cm", marginbottom="0cm"))
    base.addElement(TextProperties(fontname="Comic Sans MS", fontsize="12pt"))
    document.automaticstyles.addElement(base)
    document.automaticstyles.addElement(bold)
    document.meta.addElement(dc.Date(text=META_TIME.isoformat()))
    document.meta.addElement(meta.CreationDate(text=META_TIME.isoformat()))
    document.meta.addElement(meta.InitialCreator(text="PC di Giada"))
    for line in GALBUSERI.lstrip("\n").rstrip().split("\n"):
        paragraph = P(stylename=base)
        for piece, heavy in bold_parts(line):
            target = Span(stylename=bold) if heavy else paragraph
            teletype.addTextToElement(target, piece)
            if heavy:
                paragraph.addElement(target)
        document.text.addElement(paragraph)
    out = BytesIO()
    document.write(out)
    return repack(out.getvalue())


# ------------------------------------------------------------------------------------------------
# CV 5: RTF of an old WordPad (single mother, part-time, shop and picking)
# ------------------------------------------------------------------------------------------------

TENTORINI = """
**Sabrina Tentorini**
via Campolungo dei Frati 22, 23854 Olginate (Lc)
Tel 303/1840552
sabri.tentorini@example.it
35 anni

Mamma sola di due bambini (8 e 5 anni). Cerco lavoro PART TIME in orario scolastico, più o meno \
8.30 - 15.30 dal lunedì al venerdì. Posso dare disponibilità al sabato mattina \
1 volta ogni due settimane (ci sono i nonni).

**ESPERIENZE**
@ da ottobre 2025 a dicembre 2025 e poi da aprile 2026 a luglio 2026: addetta al picking tramite \
agenzia interinale, magazzino e-commerce (Pescate). Prelievo con pistola, imballagio, etichette, \
resi. Transpallet manuale. NON uso il muletto
@ 2022-2024 pulizie uffici e scale condomini, 12 ore a settimana, impresa Luccichìo snc
@ gennaio 2022 (3 mesi) confezionamento cosmetici in linea, Confezionamenti Briantei srl, \
controllo qualità a vista
@ 2018-2021 maternità / casa
@ sett. 2012 - 11/2017 commessa e poi vice-responsabile negozio di abbigliamento bimbo, Lecco: \
cassa, vetrine, ordini, inventari, gestione del magazzino del negozio, apertura e chiusura
@ estati 2008/2009/2010 barista e gelataia a Garlate

**SCUOLA**
Diploma di tecnico dei servizi commerciali (2010), voto 74/100

**SO FARE**
@ Pacchetto Office, posta elettronica, registratore di cassa, POS
@ inglese discreto, un po’ di tedesco scolastico
@ sono veloce e ordinata, imparo in fretta
@ attestato sicurezza lavoratori (rischio basso) – 2022, ADDETTA ANTINCENDIO scaduto

Patente B. La macchina ce l'ho ma è vecchia: meglio se entro 10/12 km o con il treno.

Acconsento al trattamento dei dati.
"""


def cv_tentorini() -> bytes:
    r"""RTF as WordPad wrote it: ``\'e0`` accents, bullets from the Symbol font."""
    lines = [
        r"{\rtf1\ansi\ansicpg1252\deff0\deflang1040{\fonttbl{\f0\fswiss\fcharset0 Arial;}"
        r"{\f1\fnil\fcharset2 Symbol;}}",
        r"{\*\generator Msftedit 5.41.15.1515;}\viewkind4\uc1\pard\f0\fs22",
    ]
    bulleted = False
    for line in TENTORINI.strip().split("\n"):
        bullet = line.startswith("@ ")
        if bullet and not bulleted:
            lines.append(
                r"\pard{\pntext\f1\'B7\tab}{\*\pn\pnlvlblt\pnf1\pnindent0{\pntxtb\'B7}}"
                r"\fi-360\li360 "
            )
        elif bullet:
            lines.append(r"{\pntext\f1\'B7\tab}")
        elif bulleted:
            lines.append(r"\pard ")
        bulleted = bullet
        text = "".join(
            rf"\b {rtf_text(piece)}\b0 " if heavy else rtf_text(piece)
            for piece, heavy in bold_parts(line[2:] if bullet else line)
        )
        lines.append(text + r"\par")
    lines.append("}")
    return ("\r\n".join(lines) + "\r\n\x00").encode("ascii")


# ------------------------------------------------------------------------------------------------
# CV 6: short UTF-8 text (migrant, porter, dishwasher)
# ------------------------------------------------------------------------------------------------

THIARE = """
CURRICULUM

Thiaré Ousmane
Nato: 01-01-1994 Senegal (Kaolack)
Abito a Lecco, via Portici Bassi 9 (da un amico)
Permesso di soggiorno: lavoro subordinato, scade 06/2027
Tel. 308 551 70 93  whatsapp si
mail: ousmane.thiare94@example.it

LAVORO

2024 gennaio - 2026 agosto: cooperativa facchinaggio Spallasù, magazzino a Molteno
 carico scarico camion e container a mano, transpallet elettrico, cellofan, bancali,
 pulizia piazzale. Ho guidato anche il muletto ma senza patentino, voglio fare il corso!!

2021, 2022, 2023  (settembre/ottobre) raccolta mele in Valtellina

2019 - 2021 ristorante a Lecco lavapiatti e aiuto in cucina (verdure, pesce, insalate),
 finito per covid

2017 tirocinio 6 mesi falegnameria (progetto accoglienza)

In Senegal: meccanico moto con mio fratello, commercio al mercato

SCUOLA
 Scuola coranica e 6 anni scuola in Senegal
 Licenza media CPIA Lecco 2019
 Italiano B1 (certificato) 2022
 corso sicurezza 4+12 ore -- 2024

LINGUE
 wolof, francese bene, italiano buono (scrivo poco), arabo leggo

Patente: NO (vado in bici e treno), sto studiando teoria
Sono forte, serio, mai in ritardo. Va bene tutti i turni anche notte e sabato.
Quando è ramadan lavoro lo stesso.
"""


def cv_thiare() -> bytes:
    """UTF-8 text without a byte order mark, Unix line ends."""
    return plain(THIARE)


# ------------------------------------------------------------------------------------------------
# CV 7: HTML profile exported from a job site (young machine-shop worker)
# ------------------------------------------------------------------------------------------------

FUMAGALLINI = """
<!DOCTYPE html>
<html lang="it">
<head>
<meta charset="utf-8">
<title>Profilo di Kevin F. | BachecaLario - il lavoro sul lago</title>
<meta name="description" content="Migliaia di offerte di lavoro a Lecco, Como e Sondrio">
<style>body{font-family:Arial}.nav li{display:inline}.hid{display:none}</style>
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({page:"profilo",uid:88213});</script>
</head>
<body>
<div id="cookie" class="hid">Usiamo i cookie per offrirti offerte da commesso, contabile, autista e
molte altre vicino a te. <button>Accetta tutti</button> <button>Rifiuta</button></div>
<header><a href="/">BachecaLario</a>
<ul class="nav"><li><a href="/offerte">Cerca lavoro</a></li><li><a href="/cv">Il mio CV</a></li>
<li><a href="/aziende">Aziende</a></li><li><a href="/corsi">Corsi di contabilit&agrave;</a></li>
<li><a href="/logout">Esci</a></li></ul></header>
<div class="breadcrumb">Home &gt; Candidati &gt; Lecco &gt; Produzione</div>
<main>
<h1>Kevin Fumagallini</h1>
<p class="sub">23 anni &middot; Mandello del Lario (LC) &middot; Patente B &middot;
<span>Profilo completo al 65%</span></p>
<p>Tel: 306&nbsp;7720918<br>Email: kevin.fuma03@example.it<br>Indirizzo: Via Ghiaione Piccolo 5</p>

<h2>Su di me</h2>
<p>Ragazzo volenteroso, appassionato di motori e meccanica. Vorrei tornare a lavorare in officina
sui <b>torni cnc</b>, al momento faccio consegne. Dispo a fare i turni, anche notte 👍</p>

<h2>Esperienze</h2>
<table border="0">
<tr><td valign="top">mar 2025 - oggi</td><td><strong>Fattorino / corriere</strong><br>
Consegne Lampo Srl, Lecco<br>Consegna pacchi con furgone, carico al mattino in magazzino con
palmare, 90/100 stop al giorno. Contratto a termine.</td></tr>
<tr><td valign="top">09/2022 - 12/2024</td><td><strong>Apprendista operatore macchine utensili
</strong><br>Officine Zuccarda &amp; C., Abbadia Lariana<br>Carico/scarico pezzi su tornio CNC,
cambio inserti, correttori utensile, controllo pezzi col calibro e micrometro, sbavatura. Ho
iniziato a fare i piazzamenti con il capo reparto (controllo Fanuc). Non confermato per calo
ordini.</td></tr>
<tr><td valign="top">Estate 2021</td><td><strong>Bagnino</strong> al lido<br>brevetto FIN
(scaduto)</td></tr>
</table>

<h2>Formazione</h2>
<ul>
<li>2017-2021 &ndash; Diploma professionale IeFP <em>Tecnico per la conduzione di impianti
automatizzati</em> (qualifica di operatore meccanico al 3&deg; anno), CFP di Lecco. Alternanza
400 ore in torneria</li>
<li>Corso sicurezza rischio alto, Muletto: <u>no</u></li>
</ul>

<h2>Competenze</h2>
<div class="tags"><span>tornio parallelo (scuola)</span> <span>fresatrice</span>
<span>lettura disegno</span> <span>ISO base</span> <span>saldatura a filo</span>
<span>Guida furgone</span> <span>Instagram / TikTok</span></div>

<h2>Lingue</h2><p>Italiano: madrelingua | Inglese: B1</p>
</main>
<aside><h3>Offerte simili per te</h3><ul><li>Saldatore TIG &ndash; Sondrio</li>
<li>Impiegata ufficio acquisti &ndash; Como</li><li>Cameriere di sala &ndash; Bellagio</li></ul>
</aside>
<footer>&copy; 2026 BachecaLario S.r.l. &ndash; P.IVA 00000000000 &ndash; <a href="/privacy">Privacy
</a> &ndash; <a href="/condizioni">Condizioni d'uso</a> &ndash; Scarica la nostra app! Profilo
esportato il 03/11/2026 ore 18:42</footer>
</body>
</html>
"""


def cv_fumagallini() -> bytes:
    """UTF-8 HTML with navigation, cookie banner, adverts and footer around the profile."""
    return plain(FUMAGALLINI)


# ------------------------------------------------------------------------------------------------
# CV 8: Windows-1252 text (seasonal cook)
# ------------------------------------------------------------------------------------------------

BOSISINI = """
GIANLUCA BOSISINI
Via Riva dei Canneti 40 – 23823 Colico (LC)
cell 301 3358127   –   g.bosisini@example.it
nato il 17.8.1979   –   patente A, B   –   celibe


ESPERIENZE DI LAVORO   (in ordine dalla piu’ recente)
=====================================================

Stagioni 2023 / 2024 / 2025 / 2026   (da aprile a fine settembre)
   CAMPING CANNETO STORTO – Colico
   aiuto cuoco, poi SECONDO. Linea primi e griglia, 120/150 coperti la sera,
   pizza quando manca il pizzaiolo. Ordini ai fornitori e controllo frigo
   (temperature, schede H.A.C.C.P.)

Inverno 2021-22 e 22-23   Rifugio in Val Gerola, cuoco unico (30 posti): pizzoccheri,
   polenta, dolci.  Vitto e alloggio + 1.100 € al mese

2016 - 2020   Panificio Zampertini, Dervio     ore 2.00 – 8.00
   impasti, forno, focacce.  Lasciato per problemi di sonno

Maggio 2009 – ottobre 2015
   Albergo Ristorante Sole d’Acqua, Bellano – commis di cucina e poi capo partita antipasti:
   sfilettatura del pesce di lago, missoltini, preparazioni di base, fondi, salse;
   banchetti fino a 200 persone

1998 – 2008 vari lavori: muratore con mio padre, barista, lavapiatti (Dervio, Colico, Svizzera)


FORMAZIONE
==========
1993-1996  Qualifica di “Operatore dei servizi di ristorazione – settore cucina”, CFP alberghiero
H.A.C.C.P.  aggiornato marzo 2025
2012 corso  di cucina senza glutine (AIC) 8 ore
Primo soccorso: 2023


LINGUE:   tedesco parlato (3 anni in Svizzera), inglese da cucina

DISPONIBILITÀ:   cerco un posto fisso tutto l’anno, anche sabato e domenica; spezzato ok.
Da ottobre ad aprile di solito sono fermo (disoccupazione) e faccio legna e manutenzioni.
Zona: da Colico a Lecco, ho la moto e la macchina.


Ai sensi della L. 675/96 e s.m.i. autorizzo all’uso dei dati.
"""


def cv_bosisini() -> bytes:
    """Windows-1252 text with curly quotes, dashes and the euro sign, Windows line ends."""
    return plain(BOSISINI, "cp1252", "\r\n")


# ------------------------------------------------------------------------------------------------
# CV 9: DOCX in capitals, contacts in the page header (former weaver, dispatch clerk)
# ------------------------------------------------------------------------------------------------

RUSCONELLI: list[tuple[str, str]] = [
    ("h", "CURRICULUM VITAE DI RUSCONELLI PATRIZIA"),
    ("p", "NATA A CASATENOVO IL 30/06/1972 – DIVORZIATA – 1 FIGLIO MAGGIORENNE"),
    ("p", ""),
    ("h", "ESPERIENZE LAVORATIVE:"),
    (
        "p",
        "DAL 02/2020 AL 30/09/2025   ADDETTA MAGAZZINO SPEDIZIONI PRESSO LUMINELLA S.P.A. "
        "(LAMPADARI), MISSAGLIA. EMISSIONE D.D.T. E ETICHETTE CORRIERE SU GESTIONALE, PREPARAZIONE "
        "COLLI, REGGIATRICE, UTILIZZO CARRELLO ELEVATORE FRONTALE PER CARICO CAMION, CONTEGIO "
        "GIACENZE. CESSATO PER TRASFERIMENTO AZIENDA.",
    ),
    (
        "p",
        "DAL 1991 AL MARZO 2019   TESSITURA-FINISSAGGIO ORDANESI, CASATENOVO: TESSITRICE, POI "
        "ADDETTA CAMPIONARIO, POI CAPO TURNO (8 PERSONE). LICENZIAMENTO COLLETTIVO.",
    ),
    ("p", "4/2019 – 1/2020   DISOCCUPATA, CORSI DI RIQUALIFICAZIONE"),
    ("p", "OTTOBRE 2025 – OGGI   NASPI"),
    ("p", ""),
    ("h", "FORMAZIONE:"),
    ("b", "LICENZA MEDIA (1986) + BIENNIO RAGIONERIA NON CONCLUSO"),
    ("b", "ABILITAZIONE CARRELLI ELEVATORI CONSEGUITA 10/2019, SCADUTA 10/2024  DA RINNOVARE"),
    ("b", "CORSO “ADDETTO ALLA LOGISTICA” 120 ORE – DOTE LAVORO 2019"),
    ("b", "PREPOSTO ALLA SICUREZZA 2016"),
    ("p", ""),
    ("h", "CONOSCENZE INFORMATICHE:"),
    ("p", "WORD, EXCEL (TABELLE, NO FORMULE DIFFICILI), GESTIONALE SPEDIZIONI, SITI CORRIERI"),
    ("p", ""),
    ("h", "LINGUE:"),
    ("p", "FRANCESE SCOLASTICO"),
    ("p", ""),
    ("h", "NOTE:"),
    (
        "p",
        "ISCRITTA COLLOCAMENTO MIRATO L.68/99 (NO SOLLEVAMENTO PESI OLTRE 10 KG). AUTOMUNITA. "
        "DISPONIBILE TEMPO PIENO GIORNALIERO, PREFERIBILE NO TURNO NOTTE. ASSUNZIONE CON SGRAVI "
        "(OVER 50 DISOCCUPATA DA PIU’ DI 12 MESI).",
    ),
    ("p", ""),
    ("p", "IN FEDE                                    PATRIZIA RUSCONELLI"),
]


def cv_rusconelli() -> bytes:
    """DOCX in capitals, no table, the contacts only in the page header."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = (
        "RUSCONELLI PATRIZIA – VIA ROCCOLO DEI TIGLI 2 – 23880 CASATENOVO – TEL. 304 6631907 – "
        "PATTY.RUSCONELLI@EXAMPLE.IT"
    )
    for kind, text in RUSCONELLI:
        paragraph = document.add_paragraph(style="List Bullet" if kind == "b" else None)
        run = paragraph.add_run(text)
        run.font.name = "Times New Roman"
        run.font.size = Pt(12)
        run.bold = run.underline = kind == "h"
        paragraph.paragraph_format.space_after = Pt(2)
    return docx_bytes(document, author="Patrizia")


# ------------------------------------------------------------------------------------------------
# CV 10: RTF saved by Word, with a table and \u escapes (live-in carer from Ukraine)
# ------------------------------------------------------------------------------------------------

KOVTUNENKA_TOP = [
    "CURRICULUM VITAE",
    "Halyna Kovtunenka (Галина)",
    "Barzio (LC), via Prati Lunghi 18 c/o famiglia",
    "cell. 307 4409831 – halyna.kovt@example.it",
    "nata 12.03.1977 Ternopil’, Ucraina – carta di soggiorno",
]

KOVTUNENKA_ROWS = [
    (
        "2021 – adesso",
        "Badante convivente, signora 91 anni, Barzio (54 ore contratto CS). Igiene, vestire, "
        "pasti, medicine, pannolone, deambulatore, misurare pressione e glicemia, spesa, casa.",
    ),
    (
        "2014 – 2020",
        "badante per marito e moglie, Introbio. Lui con Parkinson, allettato ultimi 2 anni: "
        "sollevatore, posture, PEG insieme con infermiera ADI. Fino alla fine.",
    ),
    ("2009 – 2014", "Lecco, 3 famiglie diverse, ore pulizie + assistenza anziani (anche notte)"),
    ("1998-2008", "Infermiera in ospedale di distretto (reparto terapia), Ucraina"),
]

KOVTUNENKA_BOTTOM = [
    "STUDIO",
    "Diploma di scuola di medicina – infermiera – 1994/1998 (NON riconosciuto in Italia, ho la "
    "traduzione)",
    "Corso Assistente Famigliare 160 ore, Lecco, 2016, attestato Regione Lombardia",
    "Ho fatto domanda per corso ASA / OSS serale",
    "LINGUE: ucraino, russo, polacco poco, italiano parlato bene – scritto così così",
    "Cucino italiano (anche per diabetici e cibi morbidi).",
    "No patente italiana. Vorrei non più convivente: casa di riposo o a ore, in Valsassina o Lecco "
    "se c’è pullman.",
    "Referenze: chiamare sig.ra Elda 300 7718264",
]


def word_text(text: str) -> str:
    r"""Escape as Word does: ``\rquote`` and ``\endash`` instead of their cp1252 codes."""
    return rtf_text(text).replace(r"\'92", r"\rquote ").replace(r"\'96", r"\endash ")


def cv_kovtunenka() -> bytes:
    r"""RTF as Word writes it: a two-column table, ``\rquote``, Cyrillic as ``\u``."""
    lines = [
        r"{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\deff0\deflang1040"
        r"{\fonttbl{\f0\froman\fcharset0\fprq2 Times New Roman;}"
        r"{\f1\fswiss\fcharset0\fprq2 Calibri;}}",
        r"{\colortbl;\red0\green0\blue0;\red31\green73\blue125;}",
        r"{\info{\title CV badante}{\author sportello}{\creatim\yr2026\mo1\dy1\hr9\min0}}",
        r"\paperw11906\paperh16838\margl1134\margr1134\pard\plain\f1\fs24",
    ]
    for number, line in enumerate(KOVTUNENKA_TOP):
        look = r"\qc\b\fs32\cf2 " if number == 0 else r"\ql\b0\fs24\cf1 "
        lines.append(r"\pard" + look + word_text(line) + r"\par")
    lines.append(r"\pard\b LAVORO\b0\par")
    for dates, text in KOVTUNENKA_ROWS:
        lines.append(
            r"\trowd\trgaph70\cellx2300\cellx9600\pard\intbl "
            + word_text(dates)
            + r"\cell "
            + word_text(text)
            + r"\cell\row"
        )
    lines.append(r"\pard\par")
    for line in KOVTUNENKA_BOTTOM:
        look = r"\b " if line == "STUDIO" else r"\b0 "
        lines.append(look + word_text(line) + r"\par")
    lines.append("}")
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


# ------------------------------------------------------------------------------------------------
# Vacancy 1: HTML of an interim agency (warehouse, fork-lift)
# ------------------------------------------------------------------------------------------------

WAREHOUSE = """
<!DOCTYPE html>
<html lang="it-IT">
<head>
<meta charset="utf-8">
<title>Magazziniere/a mulettista - Molteno (LC) | Ponteverde Lavoro</title>
<link rel="stylesheet" href="/assets/main.8f3c.css">
<script type="application/ld+json">
{"@context":"https://schema.org","@type":"JobPosting","title":"Magazziniere/a mulettista",
"datePosted":"2026-10-26","employmentType":"TEMPORARY","hiringOrganization":{"@type":"Organization",
"name":"Ponteverde Lavoro S.p.A."},"jobLocation":{"@type":"Place","address":{"addressLocality":
"Molteno","addressRegion":"LC","addressCountry":"IT"}}}
</script>
</head>
<body>
<nav><a href="/">Home</a> | <a href="/candidati">Candidati</a> | <a href="/aziende">Aziende</a> |
<a href="/filiali">Filiali</a> | <a href="/formazione">Corsi gratuiti: saldatore, segretaria,
pizzaiolo</a> | <a href="/login">Accedi</a></nav>
<div class="share">Condividi: Facebook LinkedIn WhatsApp &nbsp; Stampa</div>
<article>
<h1>MAGAZZINIERE/A MULETTISTA</h1>
<ul class="facts"><li><b>Sede:</b> Molteno (LC)</li><li><b>Rif.:</b> PV-LC-26/1187</li>
<li><b>Contratto:</b> somministrazione a tempo determinato 3 mesi + proroghe</li>
<li><b>Pubblicato:</b> 26 ottobre 2026</li><li><b>Posti:</b> 2</li></ul>
<p><b>Ponteverde Lavoro S.p.A.</b>, filiale di Lecco, agenzia per il lavoro che da oltre
vent&rsquo;anni mette al centro le persone, con 60 filiali in Italia e servizi di ricerca e
selezione, formazione, payroll e outplacement, ricerca per importante azienda cliente operante nel
settore della distribuzione di articoli per la casa:</p>
<p style="text-align:center"><b>n. 2 MAGAZZINIERI/E &ndash; MULETTISTI/E</b></p>
<p>La risorsa, inserita nel reparto logistica e in riporto al capo magazzino, si
occuper&agrave; di:</p>
<ul>
<li>carico e scarico automezzi con carrello elevatore frontale e retrattile;</li>
<li>stoccaggio a scaffale fino a 8 metri;</li>
<li>picking e preparazione ordini con terminale in radiofrequenza;</li>
<li>controllo documenti di trasporto e registrazione a gestionale;</li>
<li>imballaggio, pulizia e riordino dell&rsquo;area di lavoro.</li>
</ul>
<h3>Requisiti</h3>
<ul>
<li>Patentino carrelli elevatori <b>in corso di validit&agrave;</b></li>
<li>Esperienza di almeno 2 anni nella mansione, preferibilmente in magazzini strutturati</li>
<li>Buona conoscenza della lingua italiana</li>
<li>Dimestichezza con palmare e PC</li>
<li>Disponibilit&agrave; a lavorare su due turni (6-14 / 14-22) e a straordinari il sabato</li>
<li>Automunito/a: la sede non &egrave; servita dai mezzi negli orari di turno</li>
</ul>
<p>Costituiscono titolo preferenziale: utilizzo del carrello retrattile, corso sicurezza rischio
alto, residenza in zone limitrofe.</p>
<h3>Si offre</h3>
<p>Contratto in somministrazione, CCNL Commercio liv. V, 40 ore settimanali, mensa interna (5,29
&euro; ticket nei giorni di chiusura). Finalit&agrave; assuntive. RAL 23.000 - 25.000 &euro;.</p>
<a class="btn" href="mailto:lecco.ponteverde@example.it">CANDIDATI ORA</a> oppure tel. 300 1122907
<p class="legal"><small>I candidati ambosessi (D.Lgs. n. 198/2006), di et&agrave; e
nazionalit&agrave; diverse (D.Lgs. 215/2003 e 216/2003), sono invitati a leggere
l&rsquo;informativa privacy ai sensi degli artt. 13 e 14 del Reg. UE 2016/679 sul sito. I dati
saranno conservati per 24 mesi e trattati, anche con strumenti informatici, dal Titolare
Ponteverde Lavoro S.p.A. e da aziende terze per finalit&agrave; di ricerca e selezione del
personale. Aut. Min. Prot. n. 0000/00 &ndash; iscrizione albo agenzie per il lavoro sez. I.
Verranno contattati solo i profili in linea.</small></p>
</article>
<section><h4>Altri annunci che potrebbero interessarti</h4><p>Impiegato/a contabile part time, Erba
&bull; Addetto/a pulizie, Lecco &bull; Infermiere/a, Bergamo &bull; Back office commerciale con
tedesco, Como</p></section>
<footer>Ponteverde Lavoro S.p.A. &ndash; Sede legale Via dei Platani Storti 100 &ndash; C.F. e P.IVA
00000000000 &ndash; Modello 231 &ndash; Whistleblowing &ndash; Preferenze cookie</footer>
</body>
</html>
"""


def vacancy_warehouse() -> bytes:
    """Give the agency's web page, with JSON-LD, navigation, privacy text and other adverts."""
    return plain(WAREHOUSE)


# ------------------------------------------------------------------------------------------------
# Vacancy 2: DOCX of a care home (OSS)
# ------------------------------------------------------------------------------------------------

CARE_HOME: list[tuple[str, str]] = [
    ("c", "FONDAZIONE CASA SANT’EULALIA ALTA – ONLUS"),
    ("c", "Residenza Sanitario Assistenziale – Via Poggio Sereno 1 – 23873 Missaglia (LC)"),
    ("c", "tel. 300 5544180 – personale.casaeulalia@example.it"),
    ("p", ""),
    ("p", "Prot. 214/2026\t\t\t\t\t\tMissaglia, lì 02/11/2026"),
    ("h", "AVVISO DI RICERCA DI PERSONALE: N. 3 OPERATORI SOCIO SANITARI (O.S.S.)"),
    (
        "p",
        "La Fondazione, che gestisce una RSA di 84 posti letto (di cui 20 in nucleo protetto "
        "Alzheimer) ed un Centro Diurno Integrato, ricerca n. 3 O.S.S. per l’ampliamento "
        "dell’organico. Saranno valutate anche candidature di A.S.A. disponibili a frequentare "
        "il corso di riqualifica OSS.",
    ),
    ("h", "Mansioni"),
    ("b", "igiene e cura della persona, bagno assistito, vestizione"),
    ("b", "mobilizzazione degli ospiti, uso di sollevatori e ausili, prevenzione piaghe"),
    ("b", "somministrazione dei pasti ed aiuto all’alimentazione"),
    ("b", "riordino e sanificazione dell’unità dell’ospite"),
    ("b", "osservazione, consegne e registrazione in cartella informatizzata"),
    ("b", "collaborazione con infermieri, fisioterapisti, animatori"),
    ("h", "Requisiti"),
    ("b", "attestato di qualifica OSS (1000 ore) o ASA riconosciuto da Regione Lombardia"),
    ("b", "idoneità alla mansione (movimentazione carichi) e disponibilità ai turni"),
    ("b", "conoscenza della lingua italiana parlata e scritta"),
    ("b", "gradita, non indispensabile, esperienza con persone affette da demenza"),
    ("h", "Orari e inquadramento"),
]

CARE_HOME_SHIFTS = [
    ["Posto", "Ore sett.", "Turni", "CCNL"],
    [
        "1 e 2",
        "38 (tempo pieno)",
        "mattina 6.30-13.30 / pomeriggio 13.30-20.30 / notte",
        "UNEBA 4S",
    ],
    ["3", "24 (part time)", "solo diurno, week end alterni", "UNEBA 4S (ASA: 5S)"],
]

CARE_HOME_END = [
    "Contratto a tempo determinato 6 mesi finalizzato alla stabilizzazione. Indennità festiva e "
    "notturna come da CCNL, divisa e pasto a carico dell’Ente.",
    "Le domande, con C.V. e copia dell’attestato, vanno inviate via mail entro le ore 12.00 del "
    "30.11.2026. La ricerca è rivolta ad ambo i sessi. I dati saranno trattati secondo il Reg. UE "
    "679/2016.",
    "Il Direttore Generale\n(firma autografa omessa)",
]


def vacancy_care_home() -> bytes:
    """Lay out a notice on headed paper with a small table of shifts."""
    document = Document()
    for kind, text in CARE_HOME:
        paragraph = document.add_paragraph(style="List Bullet" if kind == "b" else None)
        run = paragraph.add_run(text)
        run.font.size = Pt(11)
        run.bold = kind in "hc"
        paragraph.paragraph_format.space_after = Pt(3)
        if kind == "c":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for values in CARE_HOME_SHIFTS:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    document.add_paragraph()
    for text in CARE_HOME_END:
        document.add_paragraph(text)
    document.sections[0].footer.paragraphs[
        0
    ].text = "Fondazione Casa Sant’Eulalia Alta Onlus – C.F. 00000000000 – Ente accreditato"
    return docx_bytes(document, author="Ufficio Personale", title="Avviso OSS")


# ------------------------------------------------------------------------------------------------
# Vacancy 3: PDF of a metalworking firm (CNC turner)
# ------------------------------------------------------------------------------------------------

TURNER_INTRO = """
Officine Zerbagli S.r.l., fondata nel 1968, è specializzata nella lavorazione conto terzi di
particolari torniti e fresati di precisione per i settori oleodinamica, automazione e ferroviario.
36 dipendenti, certificata ISO 9001, parco macchine di 22 centri tra torni e fresatrici CNC.
"""

TURNER_LISTS: list[tuple[str, list[str]]] = [
    (
        "Cosa farai",
        [
            "attrezzaggio e conduzione di torni CNC 2 e 4 assi (controlli Fanuc e Siemens)",
            "caricamento e ottimizzazione dei programmi, correzione utensili",
            "controllo dimensionale con calibri, micrometri, alesametri; autocontrollo in linea",
            "lavorazione dal pezzo singolo alla piccola serie, anche su barra",
            "manutenzione ordinaria e pulizia della macchina",
        ],
    ),
    (
        "Cosa cerchiamo",
        [
            "almeno 3-5 anni di esperienza come tornitore CNC (valutiamo anche profili junior "
            "con diploma/qualifica meccanica e una prima esperienza in officina)",
            "buona lettura del disegno meccanico e delle tolleranze",
            "conoscenza del linguaggio ISO; gradita esperienza con Mazatrol",
            "precisione, autonomia, voglia di trasmettere il mestiere ai più giovani",
            "disponibilità al doppio turno 6-14 / 14-22 (no notte)",
        ],
    ),
    (
        "Cosa offriamo",
        [
            "assunzione diretta a tempo indeterminato, CCNL Metalmeccanica Industria liv. C2/C3",
            "RAL indicativa € 26.000 – 33.000 + premio di risultato, welfare aziendale",
            "formazione su macchine nuove",
        ],
    ),
]


def vacancy_turner() -> bytes:
    """One-page company flyer with a coloured band, in Helvetica."""
    steel = colors.HexColor("#8a1f1f")
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14.5, spaceAfter=4)
    head = ParagraphStyle(
        "head",
        parent=body,
        fontName="Helvetica-Bold",
        fontSize=13,
        leading=18,
        textColor=steel,
        spaceBefore=12,
    )
    big = ParagraphStyle("big", parent=head, fontSize=22, leading=28, alignment=TA_CENTER)
    bullet = ParagraphStyle("bullet", parent=body, leftIndent=16, bulletIndent=4, spaceAfter=2)

    def band(canvas: Canvas, _doc: object) -> None:
        canvas.saveState()
        canvas.setFillColor(steel)
        canvas.rect(0, A4[1] - 2.6 * cm, A4[0], 2.6 * cm, stroke=0, fill=1)
        canvas.setFillColor(colors.white)
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(2 * cm, A4[1] - 1.5 * cm, "OFFICINE ZERBAGLI")
        canvas.setFont("Helvetica", 9)
        canvas.drawString(2 * cm, A4[1] - 2.1 * cm, "tornitura e fresatura di precisione dal 1968")
        canvas.setFillColor(colors.grey)
        canvas.setFont("Helvetica", 7.5)
        canvas.drawCentredString(
            A4[0] / 2,
            1.1 * cm,
            "Officine Zerbagli S.r.l. – Via del Maglio Storto 12 – 23862 Civate (LC) – P.IVA "
            "00000000000 – tel. 300 8023461 – lavoro.zerbagli@example.it",
        )
        canvas.restoreState()

    story: list[Any] = [
        Paragraph("CERCHIAMO 1 TORNITORE CNC (m/f)", big),
        Spacer(1, 6),
        Paragraph(flow(TURNER_INTRO), body),
    ]
    for title, items in TURNER_LISTS:
        story.append(Paragraph(title, head))
        story.extend(Paragraph(item, bullet, bulletText="•") for item in items)
    story += [
        Spacer(1, 10),
        Paragraph("<b>Sede di lavoro:</b> Civate (LC), a 5 minuti dalla superstrada SS36.", body),
        Paragraph(
            "Manda il CV a <b>lavoro.zerbagli@example.it</b> o passa in ufficio dalle 8 alle 17. "
            "Annuncio rivolto a entrambi i sessi ai sensi delle leggi 903/77 e 125/91. "
            "Informativa privacy disponibile in sede.",
            body,
        ),
    ]
    frame = Frame(2 * cm, 1.8 * cm, A4[0] - 4 * cm, A4[1] - 5.2 * cm)
    template = PageTemplate("page", [frame], onPage=band)
    return pdf_bytes(story, template, title="annuncio tornitore", author="Officine Zerbagli")


# ------------------------------------------------------------------------------------------------
# Vacancy 4: text copied from a social network (assistant cook)
# ------------------------------------------------------------------------------------------------

COOK = """
📍 DERVIO (LC) – CERCASI AIUTO CUOCO / AIUTO CUOCA !!!

Ciao a tutti, alla Trattoria del Batèl Storto cerchiamo una persona da inserire in CUCINA
da subito, per tutto l'anno (no solo stagione).

Cosa c'è da fare:
👉 preparazioni e linea di base (verdure, sughi, primi, polenta, antipasti di lago)
👉 pulire il pesce (se non sei capace ti insegnamo)
👉 tenere in ordine e pulita la cucina, frigoriferi, lavaggio quando serve
👉 rispettare HACCP e temperature

Cosa chiediamo:
✔ un po' di esperienza in cucina (anche mense, feste, comunità)
✔ attestato haccp / alimentarista (se scaduto lo rifacciamo noi)
✔ week end e festivi, riposo lunedì + martedì mattina
✔ abitare vicino o avere un mezzo, alla sera non ci sono treni
✔ voglia di lavorare in squadra, siamo in 4

Offriamo: contratto regolare turismo/pubblici esercizi livello 6, 30 ore (estate 40), prova
pagata, 1.150/1.350 netti circa. Orario 9.30-14.30 e qualche sera 18-22.30

NO PERDITEMPO. Mandare cv o 2 righe su whatsapp 302 9006514 (Nives) oppure
batelstorto@example.it

#lavoro #lagodicomo #cucina #cercopersonale
Mi piace · Commenta · Condividi      37 commenti
"""


def vacancy_cook() -> bytes:
    """UTF-8 text with a byte order mark, emoji and Windows line ends."""
    return plain(COOK, "utf-8-sig", "\r\n")


# ------------------------------------------------------------------------------------------------
# All of them
# ------------------------------------------------------------------------------------------------

BUILDERS: dict[str, Callable[[], bytes]] = {
    "cv/valnegrini-mirko.pdf": cv_valnegrini,
    "cv/bonaciti-ivano.pdf": cv_bonaciti,
    "cv/mauronti-lorella.docx": cv_mauronti,
    "cv/galbuseri-rosanna.odt": cv_galbuseri,
    "cv/tentorini-sabrina.rtf": cv_tentorini,
    "cv/thiare-ousmane.txt": cv_thiare,
    "cv/fumagallini-kevin.html": cv_fumagallini,
    "cv/bosisini-gianluca.txt": cv_bosisini,
    "cv/rusconelli-patrizia.docx": cv_rusconelli,
    "cv/kovtunenka-halyna.rtf": cv_kovtunenka,
    "vacancies/magazziniere-mulettista.html": vacancy_warehouse,
    "vacancies/oss-rsa.docx": vacancy_care_home,
    "vacancies/tornitore-cnc.pdf": vacancy_turner,
    "vacancies/aiuto-cuoco.txt": vacancy_cook,
}


def build(folder: Path) -> None:
    """Write all documents below a folder."""
    rl_config.invariant = 1
    for name, builder in BUILDERS.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(builder())


def main() -> int:
    """Rebuild the documents, or compare a fresh build with the stored ones."""
    parser = argparse.ArgumentParser(description="Build the sample CVs and vacancies.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write into")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    options = parser.parse_args()
    if not options.check:
        build(options.out)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        build(Path(scratch))
        different = [
            name
            for name in BUILDERS
            if not (options.out / name).is_file()
            or (options.out / name).read_bytes() != (Path(scratch) / name).read_bytes()
        ]
    for name in different:
        sys.stderr.write(f"differs from a fresh build: {name}\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
