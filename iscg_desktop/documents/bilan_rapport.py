"""The report of a bilan for the comité de suivi: figures, charts, comparison, narrative, method."""

from __future__ import annotations

from functools import partial

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.shares import Indicateur, Reference, ecart, part, somme
from iscg_desktop.documents import bilan_blocs, fonts, layout
from iscg_desktop.documents.bilan_contenu import (
    PAS_COMPTE,
    BilanContent,
    effectif,
    gain,
    points,
    pourcentage,
)
from iscg_desktop.documents.blocs import Head
from iscg_desktop.documents.layout import Heading, grid, letterhead, section, text, together
from iscg_desktop.documents.page import furniture, read_logo
from iscg_desktop.documents.pdf import build

TITLE = "Bilan d’activité"
_FEW_LINES = 130.0
_SUBJECT = "Intervention sociale en commissariat et gendarmerie"


def render_rapport(content: BilanContent, logo: bytes | None = None) -> bytes:
    """The report; the same values always give the same bytes.

    Args:
        content: What is printed.
        logo: That of the employer.
    """
    fonts.register()
    story: list[Flowable] = [
        *letterhead(content.employeur, content.mise_en_page, read_logo(logo)),
        Head(TITLE, f"{content.periode[:1].upper()}{content.periode[1:]} · {_SUBJECT}"),
        *cover(content),
        Spacer(0, 4),
        totals(content),
        Spacer(0, 6),
        *(text(note, layout.SMALL) for note in content.notes[:2]),
        *section("Indicateurs", _indicateurs(content)),
        *section(
            "Intérêt qualitatif", layout.paragraphs(content.recit, layout.BODY) if content.recit else []
        ),
        *section("Comparaison", _comparaison(content)),
        *_tableaux(content),
        *section("Collaboration avec les partenaires dans l’année", grid(content.collaborations)),
        PageBreak(),
        *_method(content),
    ]
    name = f"{TITLE} {content.code}"
    return build(name, story, furniture(name, content.mise_en_page.pied, mention=""))


def cover(content: BilanContent) -> list[Flowable]:
    """Period, issue, employer: what every paper of the bilan says first."""
    return grid(
        [
            ("Période", f"du {content.debut:%d/%m/%Y} au {content.fin:%d/%m/%Y}"),
            ("Émis le", f"{content.emission:%d/%m/%Y}"),
            ("Employeur", content.employeur),
            ("Intervenant", f"identifiant {content.intervenant}"),
        ]
    )


def totals(content: BilanContent) -> Flowable:
    """What is counted."""
    return bilan_blocs.totals([(words, effectif(table.valeur())) for words, table in content.totaux()])


def _indicateurs(content: BilanContent) -> list[Flowable]:
    bilan = content.bilan
    lines = [
        (
            one.libelle,
            _defined(one),
            part(bilan, one),
            effectif(somme(bilan, one.haut)),
            effectif(somme(bilan, one.bas)),
        )
        for one in content.indicateurs
    ]
    return [bilan_blocs.shares(lines)] if lines else []


def _defined(indicateur: Indicateur) -> str:
    flux = "\u00a0; rapport de flux, peut dépasser 100\u00a0%" if indicateur.rapport_de_flux else ""
    return f"{indicateur.numerateur} ÷ {indicateur.denominateur}{flux}"


def _comparaison(content: BilanContent) -> list[Flowable]:
    """Totals and indicators beside those of earlier bilans, with what they gained."""
    if not content.references:
        return []
    heads = [content.periode, *(h for one in content.references for h in (one.libelle, "Écart"))]
    lines = [(label, _total(content, table)) for label, table in content.totaux()]
    lines += [(f"{one.libelle} (écart en points)", _share(content, one)) for one in content.indicateurs]
    return [bilan_blocs.compared(heads, lines)]


def _total(content: BilanContent, table: ProtectedTable) -> list[str]:
    now, cell = table.valeur(), table.cell(())
    told = [effectif(now)]
    for reference in content.references:
        if reference.counts((cell,)):
            before = reference.somme((cell,))
            told += [effectif(before), gain(ecart(now, before))]
        else:
            told += [PAS_COMPTE, PAS_COMPTE]
    return told


def _share(content: BilanContent, indicateur: Indicateur) -> list[str]:
    now = part(content.bilan, indicateur)
    told = [pourcentage(now)]
    for reference in content.references:
        if reference.counts((*indicateur.haut, *indicateur.bas)):
            before = part(reference.bilan, indicateur)
            told += [pourcentage(before), points(ecart(now, before))]
        else:
            told += [PAS_COMPTE, PAS_COMPTE]
    return told


def _tableaux(content: BilanContent) -> list[Flowable]:
    blocks: list[Flowable] = []
    for table in content.bilan.tables:
        if not table.dimensions:
            continue  # a total alone stands with the totals
        crossed = bilan_blocs.cross(table) if len(table.dimensions) == 2 else None
        counted = f"Chaque nombre compte\u00a0: {table.numerateur}. Total\u00a0: {table.denominateur}."
        # A table too long to be moved begins where its head has a few lines under it.
        blocks.append(CondPageBreak(_FEW_LINES))
        blocks += together(
            [
                Heading(table.titre),
                text(counted, layout.SMALL),
                crossed or bilan_blocs.figures(table, content.references),
                Spacer(0, 6),
            ]
        )
        if crossed is not None:
            blocks += _since(table, content.references)
    return blocks


def _since(table: ProtectedTable, references: tuple[Reference, ...]) -> list[Flowable]:
    """What each cell of a cross gained or lost, a grid for each earlier bilan that counts it."""
    blocks: list[Flowable] = []
    for reference in references:
        crossed = (cell.cle for cell in table.cellules if len(cell.cle) == len(table.dimensions))
        if any(reference.counts((table.cell(cle),)) for cle in crossed):
            grid_of_gains = bilan_blocs.cross(table, partial(bilan_blocs.gained, reference, table), size=8.0)
            words = f"{table.titre}\u00a0: écart avec le bilan «\u00a0{reference.libelle}\u00a0»"
            blocks += together([text(words, layout.SMALL), grid_of_gains, Spacer(0, 6)])
    return blocks


def _method(content: BilanContent) -> list[Flowable]:
    shape = layout.style(9.5, after=4)
    return [
        *section(
            "Comment lire ces chiffres, et pourquoi ils ne nomment personne",
            [text(n, shape) for n in content.notes],
        ),
        *section("Identité du bilan", grid(content.identite)),
    ]
