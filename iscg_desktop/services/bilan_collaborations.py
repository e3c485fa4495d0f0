"""How often each family of partners was worked with in a year, as its bilan hands it over."""

from __future__ import annotations

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.domain.bilan import TableauCompte
from iscg_desktop.domain.collaboration import Seuils, niveaux_du_bilan
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.exports.bilan_file import NiveauCollaboration

TABLEAU = "contacts_famille"
"""Frozen with each quarter, printed nowhere: only its levels are handed over."""

_TOTAL = "contacts"


def collaborations(
    compte: TableauCompte | None, protected: ProtectedBilan, seuils: Seuils
) -> tuple[NiveauCollaboration, ...]:
    """The levels of a year; none when it has no such table, or when one of them would tell a small number.

    Args:
        compte: Exact contacts of the year by family of partners.
        protected: What the file prints besides: its total of contacts closes what the levels leave open.
        seuils: Hers.
    """
    if compte is None:
        return ()
    (dimension,) = compte.tableau.dimensions
    contacts = {
        cle[0][1]: (effectif.unites, effectif.foyers) for cle, effectif in compte.effectifs.items() if cle
    }
    total = protected.table(_TOTAL).valeur()
    levels = niveaux_du_bilan(contacts, total, seuils, protected.seuil)
    return tuple(
        NiveauCollaboration(one.code, one.libelle, levels[one.code])
        for one in dimension.categories
        if one.code in levels and one.code != NON_RENSEIGNE
    )
