"""The places that a bilan counts one by one: the same all year, whoever came from them."""

from __future__ import annotations

from collections.abc import Callable

from iscg_desktop.domain.bilan import Residence
from iscg_desktop.reference.menu_dimensions import Lieux
from iscg_desktop.services.session import Session

COMMUNES = 40
"""Communes of a département that are counted one by one; the others together."""


def lieux_comptes(session: Session, annee: int, *, ecran: bool = False) -> Lieux:
    """Unités, EPCI and most populous communes of her département of 1 January.

    A list of the places where somebody lives would tell that somebody does.

    Args:
        session: The coffre.
        annee: Year counted.
        ecran: Also her circonscriptions d'action sociale and her département, that no file holds.
    """
    territories = session.territories
    code = session.departement(annee)
    departement = territories.departement(code) if code else None
    communes = territories.in_departement(code) if code else []
    main = [one for one in communes if one.type == "actuelle" and one.population][:COMMUNES]
    return Lieux(
        annee=annee,
        unites=session.unites(),
        epcis=tuple((epci.code, epci.nom) for epci in territories.epcis_of(code)) if code else (),
        communes=tuple((one.code, one.nom) for one in sorted(main, key=lambda one: one.nom)),
        epci_de={one.code: one.epci for one in main if one.epci},
        secteurs=tuple((s.nom, frozenset(s.communes)) for s in session.read.secteurs.all()) if ecran else (),
        departements=((departement.code, departement.nom),) if ecran and departement else (),
    )


def residence(session: Session) -> Callable[[str], Residence | None]:
    """Where a noted commune is counted."""

    def found(commune: str) -> Residence | None:
        place = session.territories.commune(commune)
        return Residence(place.actuelle, place.epci, place.departement) if place else None

    return found
