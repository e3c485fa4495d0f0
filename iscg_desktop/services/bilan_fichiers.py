"""The files of a bilan: all made at once, in the coffre, before anything is written outside."""

from __future__ import annotations

from datetime import date, timedelta

from iscg_desktop.disclosure.shares import Reference
from iscg_desktop.domain.period import Periode, parse_period, period_of
from iscg_desktop.exports import bilan_json, bilan_xlsx
from iscg_desktop.exports.bilan_file import BilanFile
from iscg_desktop.services.session import Session

Fichiers = dict[str, tuple[str, bytes]]
"""Name and bytes of each file, by format."""


def make_files(session: Session, bilan: BilanFile) -> Fichiers:
    """Every file of a bilan; the same bilan, compared with the same ones, always gives the same bytes."""
    references = references_of(session, parse_period(bilan.periode.code))
    return {
        "json": (f"{bilan.nom}.json", bilan_json.render(bilan)),
        "xlsx": (f"{bilan.nom}.xlsx", bilan_xlsx.render(bilan, references)),
    }


def references_of(session: Session, periode: Periode) -> tuple[Reference, ...]:
    """The bilans handed over for the period before, and for the same one a year earlier, if there are any."""
    before = period_of(periode.debut - timedelta(days=1), periode.palier)
    year_before = period_of(date(periode.debut.year - 1, periode.debut.month, 1), periode.palier)
    found = (_reference(session, earlier) for earlier in dict.fromkeys((before, year_before)))
    return tuple(reference for reference in found if reference is not None)


def _reference(session: Session, periode: Periode) -> Reference | None:
    """What was printed then, read back from the very bytes."""
    exports = session.read.bilans.exports(periode.code)
    if "json" not in exports:
        return None
    return Reference(periode.libelle, bilan_json.read(exports["json"][1]).bilan)
