"""The levels of a year: what its bilan hands over of the contacts with each family, and nothing that tells a few."""

from __future__ import annotations

from collections.abc import Mapping

from iscg_desktop.disclosure.protected import ProtectedBilan, reread
from iscg_desktop.disclosure.tables import CellRef, TableShape
from iscg_desktop.domain.bilan import Categorie, Dimension, Effectif, Tableau, TableauCompte
from iscg_desktop.domain.collaboration import Seuils
from iscg_desktop.services.bilan_collaborations import TABLEAU, collaborations

SEUILS = Seuils(24, 6)
FAMILLES = ("secteur", "ccas", "justice", "non_renseigne")


def counted(contacts: Mapping[str, tuple[int, int]]) -> TableauCompte:
    """Contacts and foyers of the year, by family."""
    categories = tuple(Categorie(code, code.capitalize(), frozenset({code})) for code in FAMILLES)
    dimension = Dimension("famille_contact", "Famille", "type", categories)
    tableau = Tableau(TABLEAU, "Contacts", "contacts", "contact", "x", "y", (dimension,), ("annee",))
    cells = {(("famille_contact", code),): Effectif(*contacts.get(code, (0, 0))) for code in FAMILLES}
    total = Effectif(sum(unites for unites, _ in contacts.values()), 0)
    return TableauCompte(tableau, {(): total, **cells})


def printed(total: int | None) -> ProtectedBilan:
    shape = TableShape("contacts", "Contacts", "contacts", "contact", "x", "y", ())
    return reread([shape], {CellRef("contacts"): total}, 5, "1")


def levels(total: int | None, **contacts: tuple[int, int]) -> dict[str, str]:
    found = collaborations(counted(contacts), printed(total), SEUILS)
    assert all(one.libelle == one.famille.capitalize() for one in found)
    return {one.famille: one.niveau for one in found}


def test_each_family_has_its_level_in_order() -> None:
    told = levels(None, secteur=(40, 30), ccas=(12, 9), justice=(2, 2))
    assert told == {"secteur": "frequente", "ccas": "occasionnelle", "justice": "rare"}
    assert list(told) == ["secteur", "ccas", "justice"]


def test_a_printed_total_that_closes_what_a_level_leaves_open_takes_them_all_away() -> None:
    assert levels(30, secteur=(24, 20), ccas=(6, 6)) == {}


def test_contacts_about_too_few_foyers_tell_nothing() -> None:
    assert levels(None, secteur=(40, 3)) == {}


def test_a_shorter_period_has_none() -> None:
    assert collaborations(None, printed(100), SEUILS) == ()
