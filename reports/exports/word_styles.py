"""How a document looks: fonts, spacing, numbers of headings, the page and its foot."""

import re
from typing import Any

# The English names of fonts that Chinese Word has; it finds them by either name.
BODY, HEAD, LATIN = "FangSong", "SimHei", "Times New Roman"
BODY_SIZE, TABLE_SIZE, SMALL_SIZE = 14, 10.5, 9
# The signs that no XML may hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Without the signs that a document cannot hold."""
    return _UNPRINTABLE.sub("", text)


def styled(document: Any, *, chinese: bool, numbered: bool) -> None:
    """Gives the styles of a new document the look of school papers."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    styles = document.styles
    for name in ("Table Text", "Table Caption", "Signature"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _language(styles, "zh-CN" if chinese else "en-GB")
    _font(styles["Normal"], BODY, BODY_SIZE)
    _font(styles["Body Text"], BODY, BODY_SIZE)
    _set_in(styles["Body Text"], characters=2, size=BODY_SIZE)
    _spacing(styles["Body Text"], after=0, line=1.5)
    _font(styles["Title"], HEAD, 22, bold=True)
    _font(styles["Subtitle"], BODY, 16)
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = ALIGN.CENTER
        _spacing(styles[name], after=10)
        _without(styles[name], "w:pBdr")
    _font(styles["Heading 1"], HEAD, 16)
    _font(styles["Heading 2"], HEAD, 14)
    for name in ("Heading 1", "Heading 2"):
        _spacing(styles[name], before=12, after=6)
    _font(styles["Table Text"], "SimSun", TABLE_SIZE)
    _spacing(styles["Table Text"], after=0)
    _font(styles["Table Caption"], HEAD, TABLE_SIZE)
    _spacing(styles["Table Caption"], before=8, after=4)
    styles["Table Caption"].paragraph_format.keep_with_next = True
    styles["Table Caption"].paragraph_format.alignment = ALIGN.CENTER
    _font(styles["Caption"], "SimSun", SMALL_SIZE)
    _spacing(styles["Caption"], after=6)
    styles["Signature"].paragraph_format.alignment = ALIGN.RIGHT
    styles["Signature"].paragraph_format.space_before = Pt(6)
    if numbered:
        _number_headings(document, chinese=chinese)


def prepare_page(section: Any) -> None:
    """A4 with room for a binding, and the page's number at the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _language(styles: Any, code: str) -> None:
    """What Word checks the spelling by: Chinese characters are no mistakes in any language."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    properties = styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="{code}"/>'))


def _font(style: Any, east: str, size: float, *, bold: bool = False) -> None:
    """Black, in one font for Chinese and one for the rest; the theme's own fonts and colours are left."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.bold, font.italic = LATIN, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), east)
    fonts.set(qn("w:cs"), LATIN)


def _spacing(style: Any, *, before: float = 0, after: float = 0, line: float = 1) -> None:
    from docx.shared import Pt

    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line


def _set_in(style: Any, *, characters: int, size: float) -> None:
    """The first line set in by characters, which python-docx does not know, and by their length for other programs."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.paragraph_format.first_line_indent = Pt(size * characters)
    style.element.pPr.ind.set(qn("w:firstLineChars"), str(characters * 100))


def _without(style: Any, tag: str) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for part in properties.findall(qn(tag)):
        properties.remove(part)


def _number_headings(document: Any, *, chinese: bool) -> None:
    """Headings of the first level count as 一、 in Chinese, those of the second as （一）; else 1. and 1.1."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    form = "chineseCountingThousand" if chinese else "decimal"
    texts = ("%1、", "（%2）") if chinese else ("%1. ", "%1.%2 ")
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level, text in enumerate(texts)
    )
    numbering = document.part.numbering_part.element
    number = max((int(found) for found in numbering.xpath("w:abstractNum/@w:abstractNumId")), default=0) + 1
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    # Definitions come before the lists that use them: Word refuses the other order.
    numbering.insert(len(numbering.xpath("w:abstractNum")), made)
    used = numbering.add_num(number)
    for level in (0, 1):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = used.numId
