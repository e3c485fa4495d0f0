"""Lists for the screens: coded values, unités, communes."""

from __future__ import annotations

from iscg_desktop.domain.nomenclature import Nomenclature
from iscg_desktop.domain.unite import Unite
from iscg_desktop.services.session import Session


class ListesService:
    """What the fields of a form offer."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __getitem__(self, code: str) -> Nomenclature:
        """A list by its code."""
        return self._session.nomenclatures[code]

    def libelle(self, liste: str, code: str | None) -> str:
        """Label of a code; empty for no code."""
        return self._session.nomenclatures.libelle(liste, code)

    def unites(self) -> tuple[Unite, ...]:
        """Every unité, by name."""
        return tuple(self._session.unites().values())

    def unite(self, unite_id: int | None) -> str:
        """Name of a unité; empty for none."""
        return self._session.unites()[unite_id].nom if unite_id is not None else ""

    def partenaire(self, partenaire_id: int) -> str:
        """Name of a structure of the annuaire."""
        return self._session.read.partenaires.get(partenaire_id).nom

    def search_communes(self, text: str) -> list[tuple[str, str]]:
        """Communes that match what is typed, hers first: INSEE code and label."""
        intervenant = self._session.intervenant
        departement = intervenant.departement if intervenant and intervenant.departement else None
        found = self._session.territories.search(text, departement=departement)
        return [(commune.code, commune.libelle) for commune in found]

    def commune(self, code: str) -> str:
        """Label of a commune; the code itself when no commune has it."""
        commune = self._session.territories.commune(code)
        return commune.libelle if commune else code
