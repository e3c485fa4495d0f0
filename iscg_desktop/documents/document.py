"""Any document but the fiche as a PDF: the same content and number always give the same bytes."""

from __future__ import annotations

from iscg_desktop.documents import fonts, information_preoccupante, layout, note_information, signalement
from iscg_desktop.documents.page import furniture, read_logo
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.document import DocumentContent, NumeroDocument
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.errors import BugError

TITLES = {
    TypeDocument.INFORMATION_PREOCCUPANTE: information_preoccupante.TITLE,
    TypeDocument.SIGNALEMENT: signalement.TITLE,
    TypeDocument.NOTE_INFORMATION: "Note d’information",
}


def render_document(
    content: DocumentContent,
    numero: NumeroDocument,
    version: int = 1,
    remplace: str = "",
    logo: bytes | None = None,
    *,
    apercu: bool = False,
) -> bytes:
    """The document as it is printed.

    Args:
        content: What it says, already without what its kind must not hold.
        numero: Its number.
        version: 2 and above for a correction.
        remplace: Number of the document it corrects.
        logo: PNG or JPEG of the employer.
        apercu: A preview says so across the page.

    Raises:
        BugError: The content holds what its kind must not.
        UserError: ``fiche_logo_illisible``.
    """
    if content != content.whole():
        raise BugError("a document holds what its kind must not")
    fonts.register()
    image = read_logo(logo)
    if content.document is TypeDocument.INFORMATION_PREOCCUPANTE:
        blocks = information_preoccupante.story(content, version, remplace, image)
    elif content.document is TypeDocument.SIGNALEMENT:
        blocks = signalement.story(content, version, remplace, image)
    else:
        room = layout.PAGE_HEIGHT - layout.MARGIN_TOP - layout.MARGIN_BOTTOM
        sizes = note_information.SIZES
        size = next((s for s in sizes if note_information.tall(content, s, image) <= room), sizes[-1])
        blocks = note_information.story(content, size, image)
    title = TITLES[content.document]
    name = f"N°\u00a0{numero}"
    return build(title, blocks, furniture(name, content.mise_en_page.pied, apercu=apercu))
