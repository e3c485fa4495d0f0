"""The fiche de liaison as a PDF: values in, bytes out, the same bytes for the same fiche."""

from __future__ import annotations

from iscg_desktop.documents import fiche_blocs, fonts
from iscg_desktop.documents.blocs import without_glyph
from iscg_desktop.documents.coupon import Coupon
from iscg_desktop.documents.page import furniture, read_logo
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.fiche_numero import Numero, texte_qr
from iscg_desktop.domain.fiche_sections import Emetteur
from iscg_desktop.errors import BugError

_TITLE = "Fiche de liaison"

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
    blocks = fiche_blocs.story(content, version, str(remplace or ""), read_logo(logo), coupon)
    pied = content.mise_en_page.pied
    return build(_TITLE, blocks, furniture(f"Fiche {numero}", pied, apercu=apercu))


def caracteres_sans_glyphe(content: FicheContent) -> tuple[str, ...]:
    """Characters of a fiche that would print as an empty box, each once."""
    return without_glyph(content)


def _return_address(sender: Emetteur) -> str:
    lines = (sender.nom, sender.unite or sender.employeur, sender.adresse, sender.courriel)
    written = (line.strip() for line in "\n".join(lines).splitlines())
    return "\n".join(
        dict.fromkeys(line for line in written if line)
    )  # an address often begins with the unité
