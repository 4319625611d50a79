"""A brief as a document of Word, in which Arabic runs from the right."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from cases.briefs import CaseBrief, Citation, Line
from publishing.addresses import readable
from publishing.fields.partial_dates import PartialDate
from publishing.languages import LocalizedText, active_language, direction
from publishing.markdown_as_written import ARABIC_LETTER

# Faces that come with Word and LibreOffice, or are replaced by one that has the letters.
LATIN_FACE, ARABIC_FACE = "Cambria", "Traditional Arabic"
SIZE, SMALL = 11, 9
# What follows w:bidi in the properties of a paragraph (ECMA-376, 17.3.1).
AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap"),
    *("w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
LANGUAGES = {"en": "en-GB", "ar": "ar-SA", "fr": "fr-FR"}


def document_of(briefs: Sequence[CaseBrief]) -> bytes:
    """The .docx of the brief, in the active language."""
    writer = _Writer(active_language())
    writer.paragraph([_("Brief from the casebook Sulh")], style="Title")
    for brief in briefs:
        writer.case(brief)
    changed = [brief.case.changed_at for brief in briefs if brief.case.changed_at]
    return writer.saved(max(changed, default=None))


class _Writer:
    """Writes paragraphs in one language, and marks what is in another one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        for style in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
            self._set_faces(self.document.styles[style])
        self.document.styles["Normal"].font.size = Pt(SIZE)
        # The template of python-docx leaves out what the format wants.
        for zoom in self.document.settings.element.iterchildren(qn("w:zoom")):
            zoom.set(qn("w:percent"), "100")

    def _set_faces(self, style: Any) -> None:
        """The faces of both scripts: Word takes the second where a run is right to left."""
        style.font.name = LATIN_FACE
        faces = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            faces.attrib.pop(qn(f"w:{theme}"), None)
        faces.set(qn("w:cs"), ARABIC_FACE)

    def case(self, brief: CaseBrief) -> None:
        """A case: its finding, its facts, its promises."""
        mark = brief.case.mark
        self.paragraph([brief.title, *([f" ({mark})"] if mark else [])], style="Heading 1")
        revision = _("Revision %(number)s") % {"number": brief.case.revision}
        day = brief.case.changed_at
        dated = f"{revision}{_(', ')}{PartialDate.of(day.date()).in_words()}" if day else revision
        self.paragraph([dated + ". "], link=brief.address, size=SMALL)
        self.paragraph([brief.finding.text])
        self._sources(brief.finding.citations)
        for line in brief.lines:
            self._line(line)
        if brief.promises:
            self.paragraph([_("What was promised")], style="Heading 2")
            for line in brief.promises:
                self._line(line)

    def _line(self, line: Line) -> None:
        colon = "\u00a0: " if self.language == "fr" else ": "
        paragraph = self.paragraph([line.text], before=line.label + colon)
        paragraph.paragraph_format.keep_with_next = bool(line.citations)
        self._sources(line.citations)

    def _sources(self, citations: Iterable[Citation]) -> None:
        for one in citations:
            pieces: list[LocalizedText | str] = [f"{one.stance}{_(', ')}"] if one.stance else []
            pieces += [one.statement, " — "] if one.statement else []
            pieces.append(one.title)
            if one.publisher:
                pieces += [_(", "), self._in_its_script(one.publisher)]
            pieces.append(f"{_(', ')}{one.dated}. ")
            self.paragraph(pieces, link=one.address, style="List Bullet", size=SMALL)

    def _in_its_script(self, name: str) -> LocalizedText:
        """A name as it is printed: of which language is not known, but of which script."""
        language = "ar" if ARABIC_LETTER.search(name) else "en"
        return LocalizedText(name, language, is_fallback=language != self.language)

    def paragraph(
        self,
        pieces: Sequence[LocalizedText | str],
        *,
        before: str = "",
        link: str = "",
        style: str = "Normal",
        size: int | None = None,
    ) -> Paragraph:
        """A paragraph of these texts. before: bold, before them; link: an address, at the end."""
        written = self.document.add_paragraph(style=style)
        if direction(self.language) == "rtl":
            bidi = OxmlElement("w:bidi")
            written._p.get_or_add_pPr().insert_element_before(bidi, *AFTER_BIDI)
        # In a paragraph from the right, "left" is the side at which a line starts.
        written.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        if before:
            self._run(written, before, self.language, size).font.bold = True
            written.runs[0].font.cs_bold = True
        for piece in pieces:
            language = piece.language if isinstance(piece, LocalizedText) else self.language
            self._run(written, str(piece), language, size)
        if link:
            self._link(written, link, size)
        return written

    def _run(self, paragraph: Paragraph, text: str, language: str, size: int | None) -> Run:
        run = paragraph.add_run(text)
        _mark(run, language, size)
        return run

    def _link(self, paragraph: Paragraph, address: str, size: int | None) -> None:
        """The address, which leads there and can be read on paper; it runs from the left."""
        run = paragraph.add_run(readable(address))
        _mark(run, "en", size)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(link)
        link.append(run._r)

    def saved(self, changed: datetime | None) -> bytes:
        """The bytes of the document; its day is that of the newest revision in it."""
        about = self.document.core_properties
        about.title, about.author, about.comments = _("Brief from the casebook Sulh"), "Sulh", ""
        about.language = LANGUAGES.get(self.language, self.language)
        if changed:
            about.created = about.modified = changed.replace(tzinfo=None)
        written = io.BytesIO()
        self.document.save(written)
        return written.getvalue()


def _mark(run: Run, language: str, size: int | None) -> None:
    """The size, the language and the direction of a run; Word has two sizes, by script."""
    is_rtl = direction(language) == "rtl"
    if size:
        run.font.size = Pt(size)
    if is_rtl:
        run.font.rtl = True
    properties = run._r.get_or_add_rPr()
    if size:
        of_complex_script = OxmlElement("w:szCs")
        of_complex_script.set(qn("w:val"), str(2 * size))
        properties.find(qn("w:sz")).addnext(of_complex_script)
    language_tag = OxmlElement("w:lang")
    language_tag.set(qn("w:bidi" if is_rtl else "w:val"), LANGUAGES.get(language, language))
    properties.append(language_tag)
