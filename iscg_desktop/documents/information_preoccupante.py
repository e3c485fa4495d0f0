"""The information préoccupante for the CRIP, as a PDF: values in, bytes out."""

from __future__ import annotations

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from iscg_desktop.documents import transmission_blocs as blocs
from iscg_desktop.domain.document import DocumentContent

TITLE = "Information préoccupante"
_CARE = (
    "Destinée à la cellule de recueil des informations préoccupantes et aux seuls professionnels tenus au secret qui"
    " concourent à la protection de l’enfance. Elle ne reprend rien de la procédure judiciaire. Les"
    " parents, et l’enfant"
    " selon son âge, peuvent demander à lire ce qui les concerne."
)


def story(content: DocumentContent, version: int, remplace: str, logo: ImageReader | None) -> list[Flowable]:
    """All its blocks, in the order in which an evaluation reads them."""
    several = len(content.concernes) > 1
    return [
        *blocs.head(TITLE, content, version, remplace, logo),
        *blocs.concernes("Enfants concernés" if several else "Enfant concerné", "Enfant", content.concernes),
        *blocs.responsables(content.responsables),
        *blocs.running("Comment la situation est connue", content.connaissance),
        *blocs.faits(content.faits),
        *blocs.running("Danger ou risque de danger", content.danger),
        *blocs.running("Ce qui a déjà été fait", content.deja_fait),
        *blocs.running("Ce qui est demandé", content.demande),
        *blocs.ending("Information des parents et base du partage", content, _CARE),
    ]
