"""Search as one types: any text is words, never syntax; a name is found however it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.services.services import Services
from tests.vie import draft, open_services, victime

NAMES = (
    ("Le Péron", "Anaïs"), ("Cœuret", "Maëlle"), ("d’Argoat", "Zoé"), ("Çelikou", "Ewa"), ("N’Diayère", "Fatoumata"),
    ("Hébert-Morvan", "Noël"), ("Szczepanik", "Łucja"), ("Öztürkan", "Bérénice"), ("El Mansourou", "Aïcha"),
)  # fmt: skip


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with TemporaryDirectory() as folder:
        opened, session = open_services(Path(folder))
        for nom, prenom in NAMES:
            person = victime(nom_naissance=nom, nom_usage="", prenom=prenom, telephone="", contact_sur="")
            opened.entretiens.record(
                draft(personnes=(person,), orientations=(), elements_transmissibles="", notes_de_travail="")
            )
        yield opened
        session.vault.close()


def _found(services: Services, typed: str) -> list[str]:
    return [line.noms for line in services.dossiers.find(typed)]


@given(typed=st.text(max_size=40))
def test_any_text_is_searched_and_none_is_syntax(services: Services, typed: str) -> None:
    for line in services.dossiers.find(typed):
        assert line.numero.startswith("2026-")


@pytest.mark.parametrize(("nom", "prenom"), NAMES)
def test_a_name_is_found_in_any_writing(services: Services, nom: str, prenom: str) -> None:
    whole = f"{nom.upper()} {prenom}"
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", f"{prenom} {nom}") if not unicodedata.combining(c)
    )
    writings = (
        nom, nom.upper(), nom.lower(), f"{prenom} {nom}", f"{nom} {prenom}", f"{nom[:5]} {prenom[:2]}",
        plain.replace("œ", "oe"), plain.replace("’", "'"), plain.replace("-", " "),
        unicodedata.normalize("NFD", nom), f"  {nom}  ",
    )  # fmt: skip
    for typed in writings:
        assert whole in _found(services, typed), typed


def test_every_word_must_be_there(services: Services) -> None:
    assert _found(services, "péron zoé") == []
    assert _found(services, "anaïs péron") == ["LE PÉRON Anaïs"]


def test_names_come_before_words_of_the_notes(services: Services) -> None:
    person = victime(nom_naissance="Vannier", nom_usage="", prenom="Ida", telephone="", contact_sur="")
    noted = draft(
        personnes=(person,), orientations=(), notes_de_travail="Elle cite Maëlle, sa voisine, Maëlle encore."
    )
    services.entretiens.record(noted)
    assert _found(services, "maëlle")[0] == "CŒURET Maëlle"
    assert "VANNIER Ida" in _found(services, "maëlle")


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("lepéron", "LE PÉRON Anaïs"), ("perron anais", "LE PÉRON Anaïs"), ("keuret", "CŒURET Maëlle"),
        ("dargoat", "D’ARGOAT Zoé"), ("chélikou", "ÇELIKOU Ewa"), ("ndiayere", "N’DIAYÈRE Fatoumata"),
        ("fatou", "N’DIAYÈRE Fatoumata"), ("elmansourou", "EL MANSOUROU Aïcha"), ("chépanik", "SZCZEPANIK Łucja"),
        ("hebert morvane", "HÉBERT-MORVAN Noël"), ("osturkan", "ÖZTÜRKAN Bérénice"),
    ],
)  # fmt: skip
def test_a_dossier_is_found_by_ear_glued_or_with_a_slip(services: Services, typed: str, whole: str) -> None:
    assert _found(services, typed)[:1] == [whole]
