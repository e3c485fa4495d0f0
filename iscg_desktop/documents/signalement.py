"""The signalement to the procureur de la République, as a PDF: values in, bytes out."""

from __future__ import annotations

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from iscg_desktop.documents import transmission_blocs as blocs
from iscg_desktop.domain.document import DocumentContent

TITLE = "Signalement"
_CARE = (
    "Adressé à l’autorité judiciaire seule. Il rapporte des faits et ce qui en est connu, sans"
    " qualification pénale, et ne"
    " reprend rien d’une procédure en cours."
)
_COPY = (
    " Copie adressée au président du conseil départemental (article L226-4 du code de l’action sociale et des"
    " familles)."
)


def story(content: DocumentContent, version: int, remplace: str, logo: ImageReader | None) -> list[Flowable]:
    """All its blocks; about children, their parents are named too; an adult is named alone."""
    several = len(content.concernes) > 1
    if content.mineurs:
        title, one = ("Enfants concernés" if several else "Enfant concerné"), "Enfant"
    else:
        title, one = ("Personnes concernées" if several else "Personne concernée"), "Personne"
    last = "Information des parents et fondement" if content.mineurs else "Information et fondement"
    return [
        *blocs.head(TITLE, content, version, remplace, logo),
        *blocs.concernes(title, one, content.concernes),
        *blocs.responsables(content.responsables),
        *blocs.running("Comment la situation est connue", content.connaissance),
        *blocs.faits(content.faits),
        *blocs.running("Danger", content.danger),
        *blocs.running("Ce qui a déjà été fait", content.deja_fait),
        *blocs.running("Ce qui est demandé", content.demande),
        *blocs.ending(last, content, _CARE + (_COPY if content.mineurs else "")),
    ]
