"""The copy handed to a person who asks what is held of her: plain words, one page after the other."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Heading, Row, together
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.dossier_personne import DossierPersonne, Rubrique

TITLE = "Ce qui est noté sur vous"
_ALONE = (
    "Cette copie dit ce qui vous concerne, et vous seulement. Ce que d’autres personnes ont dit n’y figure pas, ni"
    " comment les joindre. Le signe […] remplace ce qui parle de quelqu’un d’autre."
)
_SAFETY = "Cette copie peut être lue par d’autres. Ne la gardez pas sur vous si cela vous met en danger."


def render_dossier_personne(content: DossierPersonne) -> bytes:
    """The PDF; the same content always gives the same bytes."""
    fonts.register()
    story: list[Flowable] = [
        *layout.titled(TITLE, f"{content.nom} · copie du {format_date(content.etabli_le)}"),
        layout.text(_ALONE, layout.BODY),
        layout.text(_SAFETY, layout.style(bold=True)),
        Spacer(0, 6),
        *_rubrique(content.identite),
    ]
    for rubrique in content.rubriques:
        story += _rubrique(rubrique)
    if not content.rubriques:
        story.append(layout.text("Rien d’autre n’est noté sur vous.", layout.BODY))
    story += _rubrique(Rubrique("À savoir", content.mentions))
    return build(TITLE, story, furniture(TITLE))


def _rubrique(rubrique: Rubrique) -> list[Flowable]:
    first: list[Flowable] = [Heading(rubrique.titre)]
    rows: list[Flowable] = [Row((label, layout.text(words))) for label, words in rubrique.faits]
    texts = [
        block
        for text in rubrique.textes
        for block in (Spacer(0, 3), *layout.paragraphs(text, layout.RUNNING))
    ]
    return [*together([*first, *rows[:2]]), *rows[2:], *texts, Spacer(0, 4)]
