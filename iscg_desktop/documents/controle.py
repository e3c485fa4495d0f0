"""The data-protection checklist as a document for the DPO: each point, its answer, the screen and the test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Heading, Row, together
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.controle import GroupeControle, PointControle
from iscg_desktop.domain.dates import format_date

TITLE = "Liste de contrôle de la protection des données"
_HOW = (
    "Chaque point dit ce qui est demandé, ce que le programme y répond, l’écran où cela se voit et l’essai"
    " automatique qui échoue si ce n’est plus vrai. Ce que l’employeur doit faire lui-même (locaux, matériel,"
    " contrats, formation) n’y est pas."
)


def render_controle(groupes: Iterable[GroupeControle], employeur: str, jour: date) -> bytes:
    """The PDF, a section for each text."""
    fonts.register()
    story: list[Flowable] = [
        *layout.titled(TITLE, " · ".join(part for part in (employeur, format_date(jour)) if part)),
        layout.text(_HOW, layout.BODY),
        Spacer(0, 8),
    ]
    for groupe in groupes:
        first, *rest = [_point(each) for each in groupe.points]
        story += together([Heading(groupe.titre), *first])
        story += [block for point in rest for block in together(point)]
        story.append(Spacer(0, 6))
    return build(TITLE, story, furniture(TITLE, mention=""))


def _point(each: PointControle) -> list[Flowable]:
    proof = f"{each.ou} · {each.essai}"
    return [
        Row((each.point, layout.text(each.demande, layout.STRONG))),
        Row(("", layout.text(each.reponse))),
        Row(("", layout.text(proof, layout.SMALL))),
        Spacer(0, 5),
    ]
