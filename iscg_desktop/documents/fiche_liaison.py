"""The fiche de liaison as a PDF: values in, bytes out, the same bytes for the same fiche."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from iscg_desktop.documents import fiche_blocs, fonts, layout
from iscg_desktop.documents.coupon import Coupon
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.fiche_numero import Numero, texte_qr
from iscg_desktop.domain.fiche_sections import Emetteur
from iscg_desktop.errors import BugError, UserError

_TITLE = "Fiche de liaison"
_MENTION = "CONFIDENTIEL – secret professionnel"

LIBELLES_ITEMS: dict[Item, str] = {
    Item.NAISSANCE: "Date de naissance ou âge",
    Item.ADRESSE: "Adresse",
    Item.CONTACT_SUR: "Contact sûr",
    Item.FOYER: "Composition familiale",
    Item.SCOLARITE: "Scolarité",
    Item.PARENTS: "Parents",
    Item.AUTRE_PARTIE: "Autre partie",
    Item.STATUT: "Statut dans le dossier",
    Item.PROBLEMATIQUES: "Problématiques",
    Item.RECIT: "Exposé des faits",
    Item.BESOINS: "Besoins",
    Item.RISQUES: "Risques",
    Item.RESSOURCES_PERSONNE: "Appuis de la personne",
    Item.GRILLE_DANGER: "Grille de danger remplie ou non",
    Item.ACTIVITE: "Activité",
    Item.CSP: "Catégorie socioprofessionnelle",
    Item.RESSOURCES: "Ressources",
    Item.LOGEMENT: "Logement",
    Item.VULNERABILITES: "Vulnérabilités",
    Item.SUIVI: "Suivi social",
    Item.REFERENT: "Référent",
    Item.DEMARCHES: "Démarches engagées",
    Item.AUTRES_ORIENTATIONS: "Autres orientations",
}


def render_fiche(
    content: FicheContent,
    numero: Numero,
    jeton: bytes,
    version: int = 1,
    remplace: Numero | None = None,
    logo: bytes | None = None,
    *,
    apercu: bool = False,
) -> bytes:
    """The fiche as it is printed.

    Args:
        content: What it says, already without what is not ticked.
        numero: Its number.
        jeton: Its random token, 8 bytes, printed in the QR code only.
        version: 2 and above for a correction.
        remplace: The fiche it corrects.
        logo: PNG or JPEG of the employer.
        apercu: A preview: it says so across the page and its QR code is left empty.

    Raises:
        BugError: The content still holds items that are not ticked.
        UserError: ``fiche_logo_illisible``.
    """
    if not content.filtree:
        raise BugError("a fiche holds items that are not ticked for its recipient")
    fonts.register()
    qr = "" if apercu else texte_qr(numero, jeton)
    coupon = Coupon(str(numero), qr, _return_address(content.emetteur))
    image = _image(logo) if logo else None
    blocks = fiche_blocs.story(content, version, str(remplace or ""), image, coupon)

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        _page_header(canvas, str(numero), page, pages)
        if apercu:
            _preview_mark(canvas)

    return build(_TITLE, blocks, furniture)


def caracteres_sans_glyphe(content: FicheContent) -> tuple[str, ...]:
    """Characters of a fiche that would print as an empty box, each once."""
    return fonts.unsupported_characters(" ".join(_texts(content)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))


def _image(logo: bytes) -> ImageReader:
    if not logo.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise UserError("fiche_logo_illisible")
    try:
        image = ImageReader(io.BytesIO(logo))
        image.getRGBData()  # a damaged image fails here, not in the middle of the document
    except (OSError, ValueError, SyntaxError, ArithmeticError):
        raise UserError("fiche_logo_illisible") from None
    return image


def _return_address(sender: Emetteur) -> str:
    lines = (sender.nom, sender.unite or sender.employeur, sender.adresse, sender.courriel)
    return "\n".join(each.strip() for each in lines if each.strip())


def _page_header(canvas: Canvas, numero: str, page: int, pages: int) -> None:
    """Mention of secrecy, number and page, on every page."""
    y = layout.PAGE_HEIGHT - 14 * mm
    right = layout.PAGE_WIDTH - layout.MARGIN_RIGHT
    wide = fonts.width(_MENTION, fonts.SEMIBOLD, 9.5)
    canvas.setStrokeColor(layout.INK)
    canvas.setFillColor(layout.INK)
    canvas.setLineWidth(1.1)
    canvas.rect(layout.MARGIN_LEFT, y - 5.5, wide + 14, 17)
    canvas.setFont(fonts.SEMIBOLD, 9.5)
    canvas.drawString(layout.MARGIN_LEFT + 7, y, _MENTION)
    canvas.setFont(fonts.REGULAR, 9.5)
    place = f"page {page}/{pages}"
    canvas.drawRightString(right, y, place)
    canvas.setFont(fonts.SEMIBOLD, 9.5)
    canvas.drawRightString(right - fonts.width(place, fonts.REGULAR, 9.5) - 12, y, f"Fiche {numero}")


def _preview_mark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(layout.PAGE_WIDTH / 2, layout.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(layout.INK, alpha=0.08)
    canvas.setFont(fonts.SEMIBOLD, 120)
    canvas.drawCentredString(0, -40, "APERÇU")
    canvas.restoreState()
