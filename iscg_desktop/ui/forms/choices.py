"""What the fields of a form offer, and how « nothing answered » reads on each side."""

from __future__ import annotations

from collections.abc import Iterable

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclature
from iscg_desktop.domain.unite import Unite
from iscg_desktop.ui.widgets.choice import Choice, choices_of


def coded(nomenclature: Nomenclature, keep: Iterable[str] = ()) -> tuple[Choice, ...]:
    """Values of a list; « non renseigné » is not one: an empty field says it."""
    return tuple(choice for choice in choices_of(nomenclature, keep) if choice.code != NON_RENSEIGNE)


def of_unites(unites: Iterable[Unite]) -> tuple[Choice, ...]:
    """The unités, by their ids."""
    return tuple(Choice(str(unite.id), unite.nom) for unite in unites)


def answered(code: str | None) -> str:
    """Code a draft holds for the answer of a field."""
    return code or NON_RENSEIGNE


def shown(code: str | None) -> str | None:
    """Answer a field shows for the code of a draft."""
    return None if code == NON_RENSEIGNE else code


def identifier(code: str | None) -> int | None:
    """Id that the code of a choice stands for."""
    return int(code) if code else None


def code_of(identifier: int | None) -> str | None:
    """Code of the choice that stands for an id."""
    return None if identifier is None else str(identifier)
