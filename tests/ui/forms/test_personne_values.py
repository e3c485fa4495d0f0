"""A person of an entretien, through the fields and back, unchanged."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.ui.forms.personne_values import draft_of, is_blank, noted_facts, values_of

CODES = st.sampled_from(["non_renseigne", "un", "deux"])
IDENTITES = st.builds(
    Identite,
    prenom=st.text(max_size=3),
    sexe=CODES,
    naissance=st.sampled_from([None, Naissance(annee=1988), Naissance(age_estime=30)]),
    age_estime_le=st.sampled_from([None, date(2025, 1, 1)]),
    commune=st.sampled_from([None, "35253"]),
    sans_message=st.booleans(),
    informee_le=st.sampled_from([None, date(2026, 1, 1)]),
)
PROFILS = st.builds(
    Profil,
    statut=CODES,
    activite=CODES,
    logement=CODES,
    ressources=st.sampled_from([(), ("rsa",), ("rsa", "ass")]),
)
PARTICIPATIONS = st.sampled_from([(True, False), (False, True), (False, False)])


@given(IDENTITES, PROFILS, PARTICIPATIONS, st.sampled_from(["oui", "non", "non_recueilli"]))
def test_what_the_fields_show_makes_the_same_person_again(identite, profil, participation, accord) -> None:
    draft = PersonneDraft(7, identite, profil, *participation, accord)
    assert draft_of(values_of(draft), draft) == draft


def test_every_fact_of_a_person_has_its_answer() -> None:
    """A fact added to the domain and forgotten by the form would be lost at the next entretien."""
    given_elsewhere = {"age", "age_source", "age_estime_le"}
    names = {item.name for kind in (Identite, Profil) for item in fields(kind)} - given_elsewhere
    assert set(values_of(PersonneDraft())) == names | {"participation", "accord"}


def test_an_estimated_age_keeps_the_day_it_was_noted_until_it_changes() -> None:
    base = PersonneDraft(7, Identite(naissance=Naissance(age_estime=30), age_estime_le=date(2025, 1, 1)))
    values = values_of(base)
    assert draft_of(values, base).identite.age_estime_le == date(2025, 1, 1)
    older = draft_of(values | {"naissance": Naissance(age_estime=35)}, base)
    assert older.identite.age_estime_le is None


def test_nothing_answered_is_non_renseigne_and_not_none() -> None:
    draft = draft_of(values_of(PersonneDraft()), PersonneDraft())
    assert (draft.identite.sexe, draft.profil.activite) == ("non_renseigne", "non_renseigne")


def test_only_what_was_noted_is_to_be_confirmed() -> None:
    profil = Profil(statut="victime", activite="en_emploi", ressources=("rsa",))
    assert noted_facts(PersonneDraft(profil=profil)) == ("activite", "ressources")


def test_one_word_is_enough_to_be_somebody() -> None:
    nobody = PersonneDraft(presente=False, accord="oui")
    assert is_blank(nobody)
    assert not is_blank(replace(nobody, identite=Identite(surnom="Nana")))
    assert not is_blank(replace(nobody, profil=Profil(statut="temoin")))
    assert not is_blank(replace(nobody, personne_id=7))
