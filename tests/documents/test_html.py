"""HTML gives the text that a browser would show, line by line."""

import pytest

from matching.documents import Limits

from .factories import html


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Citt&agrave; &amp; perch&#233;&nbsp;no</p>", "Città & perché no"),
        ("<p>uno<br>due</p><div>tre <b>qua</b>ttro</div>", "uno\ndue\n\ntre quattro"),
        ("<ul><li>uno<ul><li>due</li></ul></li><li><p>tre</p></li></ul>", "- uno\n- due\n\n- tre"),
        ("<table><tr><td>2011-2016</td><td>Operaio</td></tr><tr><td>a<br>b</td><td>c</td></tr></table>",
         "2011-2016\tOperaio\na\nb\nc"),
        ("<table><tr><td>x<table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
         "x\na\tb"),
        ("<script>var a</script><style>p{}</style><nav>Home</nav><p>testo</p><noscript/>",
         "testo"),
        ('<p>visto</p><p style="display: none">no</p><p hidden>no</p> coda', "visto\n\ncoda"),
        ("<pre>uno\n  due</pre>", "uno\ndue"),
        ("<p>troppi    \n spazi<!-- commento --> qui</p>", "troppi spazi qui"),
        ("<h1>Nome</h1><header>tel</header><footer>privacy</footer>", "Nome\n\ntel\nprivacy"),
    ],
    ids=["entities", "blocks", "lists", "table", "nested table", "scripts", "hidden", "pre",
         "spaces", "edges"],
)  # fmt: skip
def test_tags_become_lines(text_of, body, text):
    assert text_of(html(body), "cv.html") == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-16", "utf-8"),
     ("nonsense", "cp1252"), ("windows-1250", "cp1250")],
)  # fmt: skip
def test_the_encoding_is_the_declared_one_when_it_can_be(text_of, declared, encoding):
    word = "Łódź – á" if encoding == "cp1250" else "Città – però"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{word}</p></body></html>'
    assert text_of(page.encode(encoding), "cv.html") == word


def test_an_xhtml_page_with_its_declaration_is_read(text_of):
    data = '<?xml version="1.0" encoding="utf-8"?><html><body><p>però</p></body></html>'.encode()
    assert text_of(data, "cv.xhtml") == "però"


def test_a_page_of_comments_has_no_text(refusal_of):
    assert refusal_of(b"<!-- niente --><html></html>", "cv.html", Limits()) == "no_text"
