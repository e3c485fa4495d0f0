"""A person of an entretien between the draft and the fields: one answer per field, None when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.ui.forms.choices import answered

FACTS = (
    "situation_conjugale", "type_menage", "activite", "csp", "logement", "ressources", "vulnerabilite",
    "connu_services_sociaux", "suivi_en_cours",
)  # fmt: skip
"""Facts noted again at each entretien, in the order of the form."""

COUNTED = ("participation", "statut", *FACTS)
"""What a bilan counts of a line."""

_IDENTITE = tuple(item.name for item in fields(Identite) if item.name != "age_estime_le")
_PROFIL = ("statut", *FACTS)

# What she did in the entretien -> (presente, accueillie).
_PARTICIPATION = {"presente": (True, False), "accueillie": (False, True), "mentionnee": (False, False)}


def values_of(draft: PersonneDraft) -> dict[str, Any]:
    """Answers that show a line of the entretien."""
    values = {name: getattr(draft.identite, name) for name in _IDENTITE}
    values |= {name: getattr(draft.profil, name) for name in _PROFIL}
    values = {name: None if value == NON_RENSEIGNE else value for name, value in values.items()}
    if draft.presente:
        values["participation"] = "presente"
    else:
        values["participation"] = "accueillie" if draft.accueillie else "mentionnee"
    return values | {"accord": draft.accord}


def draft_of(values: Mapping[str, Any], base: PersonneDraft) -> PersonneDraft:
    """The line that answers make.

    Args:
        values: Answers by name.
        base: The line as it was before her answers: what no field shows is taken from it.
    """
    identite = replace(base.identite, **{name: values[name] for name in _IDENTITE if name != "sexe"})
    if identite.naissance != base.identite.naissance:
        identite = replace(identite, age_estime_le=None)
    identite = replace(identite, sexe=answered(values["sexe"]))
    facts = {name: values[name] for name in _PROFIL}
    facts = {name: answered(value) if value is None else value for name, value in facts.items()}
    presente, accueillie = _PARTICIPATION[values["participation"] or "mentionnee"]
    return PersonneDraft(
        base.personne_id, identite, Profil(**facts), presente, accueillie, values["accord"] or "non_recueilli"
    )


def noted_facts(draft: PersonneDraft) -> tuple[str, ...]:
    """Facts that an earlier entretien noted, to be confirmed at the next."""
    return tuple(
        name for name in FACTS if getattr(draft.profil, name) not in (NON_RENSEIGNE, (), (NON_RENSEIGNE,))
    )


def is_blank(draft: PersonneDraft) -> bool:
    """Whether nothing at all was said of a person: the line is then no person."""
    return draft.personne_id is None and draft.identite == Identite() and draft.profil == Profil()
