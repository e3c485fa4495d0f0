"""One person's words taken out of the texts about others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.caviardage import MARQUE, designe, redacted, signalement
from iscg_desktop.domain.personne import Identite

ELLE = Identite(
    nom_naissance="Péron",
    nom_usage="Lœil-Kermarrec",
    prenom="Anaïs",
    surnom="Nana",
    adresse="2 impasse du Four",
    telephone="06 00 00 00 01",
    courriel="anais@exemple.fr",
    contact_sur="chez sa sœur, 06 00 00 00 02",
)
LUI = Identite(nom_usage="Kermarrec", prenom="Yann", adresse="2 impasse du Four", telephone="06 00 00 00 01")
SEULE = signalement([ELLE])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ANAIS PERON est venue", f"{MARQUE} {MARQUE} est venue"),
        ("L’avis d’Anaïs ; Nana rit.", f"L’avis d’{MARQUE} ; {MARQUE} rit."),
        ("Mme LOEIL-KERMARREC", f"Mme {MARQUE}-{MARQUE}"),
        ("joindre au +33 6 00 00 00 01, ou 06.00.00.00.02", f"joindre au {MARQUE}, ou {MARQUE}"),
        ("écrire à Anais@exemple.fr.", f"écrire à {MARQUE}"),
        ("vit 2  Impasse du Four à Rennes", f"vit {MARQUE} à Rennes"),
        ("le 06 11 22 33 44, un ananas", "le 06 11 22 33 44, un ananas"),
    ],
)
def test_whatever_its_writing_what_names_or_reaches_her_goes(text: str, left: str) -> None:
    assert redacted(text, SEULE) == left


def test_what_another_of_the_dossier_bears_too_stays() -> None:
    who = signalement([ELLE], [LUI])
    assert redacted("Yann Kermarrec, 2 impasse du Four, 06 00 00 00 01, et Anaïs", who) == (
        f"Yann Kermarrec, 2 impasse du Four, 06 00 00 00 01, et {MARQUE}"
    )


@given(st.text(max_size=80))
def test_taking_out_twice_takes_nothing_more(text: str) -> None:
    once = redacted(text, SEULE)
    assert redacted(once, SEULE) == once


@given(
    st.text(max_size=30),
    st.sampled_from(["Anaïs", "PERON", "lœil", "0600000002", "anais@exemple.fr"]),
    st.text(max_size=30),
)
def test_nothing_of_hers_is_left(before: str, name: str, after: str) -> None:
    assert name not in redacted(f"{before} {name} {after}", SEULE)


def test_nobody_is_nobody() -> None:
    assert redacted("Madame Péron", signalement([Identite()])) == "Madame Péron"
    assert not designe(["Madame Péron"], signalement([Identite()]))


def test_a_text_speaks_of_her_by_two_names_or_by_what_reaches_her() -> None:
    assert designe(["Anaïs", "a pour nom Péron"], SEULE)
    assert designe(["tél. 0600000001"], SEULE)
    assert not designe(["Anaïs Le Goff"], SEULE)
    assert designe(["Zoé"], signalement([Identite(prenom="Zoé")]))
