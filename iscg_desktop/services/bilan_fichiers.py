"""The files of a bilan: all made at once, in the coffre, before anything is written outside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from iscg_desktop.disclosure.shares import Reference
from iscg_desktop.documents.bilan_contenu import BilanContent
from iscg_desktop.documents.bilan_rapport import render_rapport
from iscg_desktop.documents.bilan_tableau_de_bord import render_tableau_de_bord
from iscg_desktop.domain.period import Periode, parse_period, period_of
from iscg_desktop.exports import bilan_json, bilan_xlsx
from iscg_desktop.exports.bilan_file import NIVEAUX, BilanFile
from iscg_desktop.services.session import Session

_DIGEST = "Fichier JSON (SHA-256)"

Fichiers = dict[str, tuple[str, bytes]]
"""Name and bytes of each file, by format."""


def files_maker(session: Session, bilan: BilanFile) -> Callable[[], Fichiers]:
    """A function that makes every file of a bilan, on values only: about a second, for a worker.

    The same bilan, compared with the same ones, always gives the same bytes.
    """
    references = references_of(session, parse_period(bilan.periode.code))
    return partial(_made, bilan, references, _content(session, bilan, references), session.logo)


def _made(
    bilan: BilanFile, references: tuple[Reference, ...], content: BilanContent, logo: bytes | None
) -> Fichiers:
    json = bilan_json.render(bilan)
    content = _with_digest(content, hashlib.sha256(json).hexdigest())
    return {
        "json": (f"{bilan.nom}.json", json),
        "xlsx": (f"{bilan.nom}.xlsx", bilan_xlsx.render(bilan, references)),
        "rapport": (f"{bilan.nom}-rapport.pdf", render_rapport(content, logo)),
        "tableau_de_bord": (f"{bilan.nom}-tableau-de-bord.pdf", render_tableau_de_bord(content)),
    }


def references_of(session: Session, periode: Periode) -> tuple[Reference, ...]:
    """The bilans handed over for the period before, and for the same one a year earlier, if there are any."""
    before = period_of(periode.debut - timedelta(days=1), periode.palier)
    year_before = period_of(date(periode.debut.year - 1, periode.debut.month, 1), periode.palier)
    found = (_reference(session, earlier) for earlier in dict.fromkeys((before, year_before)))
    return tuple(reference for reference in found if reference is not None)


def _with_digest(content: BilanContent, sha256: str) -> BilanContent:
    """The same papers, naming the file they go with by its digest."""
    named = tuple((label, sha256 if label == _DIGEST else words) for label, words in content.identite)
    return replace(content, identite=named)


def _content(session: Session, bilan: BilanFile, references: tuple[Reference, ...]) -> BilanContent:
    """What the printed papers say: the figures of the file, her narrative, the look of the employer."""
    periode = bilan.periode
    return BilanContent(
        periode=periode.libelle,
        code=periode.code,
        debut=periode.debut,
        fin=periode.fin,
        emission=bilan.date_emission,
        employeur=bilan.emetteur.employeur,
        intervenant=bilan.emetteur.id,
        bilan=bilan.bilan,
        indicateurs=bilan.indicateurs,
        references=references,
        collaborations=tuple((one.libelle, NIVEAUX[one.niveau]) for one in bilan.collaborations),
        recit=session.read.recits.texte(periode.code),
        notes=bilan.notes,
        identite=(
            ("Coffre", bilan.coffre),
            ("Menu", f"version {bilan.menu} ; nomenclatures, version {bilan.nomenclatures}"),
            ("Protection", f"méthode {bilan.bilan.methode}, seuil k = {bilan.bilan.seuil}"),
            ("Preuve", bilan.preuve_en_mots),
            (_DIGEST, ""),
            ("Bilans antérieurs (SHA-256)", "\n".join(bilan.predecesseurs) or "aucun"),
        ),
        mise_en_page=session.mise_en_page,
    )


def _reference(session: Session, periode: Periode) -> Reference | None:
    """What was printed then, read back from the very bytes."""
    exports = session.read.bilans.exports(periode.code)
    if "json" not in exports:
        return None
    return Reference(periode.libelle, bilan_json.read(exports["json"][1]).bilan)
