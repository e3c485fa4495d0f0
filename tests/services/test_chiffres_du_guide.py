"""The figures that the guide prints, counted again from registers built to give them, to the printed digit."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from iscg_desktop.domain.chiffres import Indicateur
from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.period import parse_period
from iscg_desktop.services.chiffres import Chiffres
from iscg_desktop.services.services import Services
from tests.registre import Accueilli, write
from tests.vie import open_services

ANNEE = Etendue.of(parse_period("2026"))
JOUR = date(2026, 8, 3)


def _somme_et_eure() -> list[Accueilli]:
    """1 400 accueils in 1 000 dossiers: every share of the guide is a whole number of them."""
    engaged = itertools.count()
    return [_one(rank, engaged) for rank in range(1400)]


def _one(rank: int, engaged: Iterator[int]) -> Accueilli:
    suivi = "non" if rank % 20 < 13 else "ccas"
    intrafamilial = rank < 770  # the first 550 dossiers of 1 000
    return Accueilli(
        dossier=1 + rank * 1000 // 1400,
        sexe="femme" if rank % 25 < 18 else "homme",
        tranche_age="moins_13" if rank % 100 < 21 else "13_17" if rank % 100 < 35 else "25_34",
        vulnerabilite=(("personne_agee", "personne_handicapee")[rank % 2],)
        if rank % 100 > 90
        else ("aucune",),
        csp={0: "ouvriers", 1: "employes"}.get(rank % 10, "cadres"),
        ressources=("rsa", "aide_logement") if rank % 100 < 43 else ("salaire",),
        connu_services_sociaux="inconnu" if rank % 2 else "connu",
        suivi_en_cours=suivi,
        principale="conflit_conjugal" if intrafamilial else "fugue",
        # Mentions are others than principales: 1 600 of them, 880 intrafamiliales.
        abordees=("menaces",) if rank < 90 else ("conflit_familial",) if 770 <= rank < 880 else (),
        engage=suivi == "non" and next(engaged) < 209,
    )


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with TemporaryDirectory() as folder:
        found, session = open_services(Path(folder))
        write(session, _somme_et_eure(), JOUR)
        yield found
        session.vault.close()


@pytest.fixture(scope="module")
def chiffres(services: Services) -> Chiffres:
    return services.chiffres.chiffres(ANNEE)


def _indicateur(chiffres: Chiffres, code: str) -> Indicateur:
    return next(each for each in chiffres.indicateurs if each.code == code)


@pytest.mark.parametrize(
    ("code", "printed", "haut", "bas"),
    [
        ("part_femmes", "72 %", 1008, 1400),  # guide, line 128
        ("part_intrafamilial", "55 %", 550, 1000),  # line 128, in dossiers
        ("mentions_intrafamilial", "55 %", 880, 1600),  # line 128, in mentions
        ("inconnus", "50 %", 700, 1400),  # line 210
        ("non_suivis", "65 %", 910, 1400),  # line 211
        ("accompagnement_engage", "23 %", 209, 910),  # line 211
        ("cohorte_engages", "23 %", 209, 910),
        ("moins_13", "21 %", 294, 1400),  # line 303
        ("13_17", "14 %", 196, 1400),  # line 303
        ("vulnerables", "9 %", 126, 1400),  # line 304
        ("ouvriers_employes", "20 %", 280, 1400),  # line 308
        ("minima_sociaux", "43 %", 602, 1400),  # line 309
    ],
)
def test_a_figure_of_the_guide(chiffres: Chiffres, code: str, printed: str, haut: int, bas: int) -> None:
    found = _indicateur(chiffres, code)
    assert (found.part, found.haut, found.bas) == (printed, haut, bas)
    assert found.numerateur
    assert found.denominateur


def test_the_bilan_counts_what_the_screen_shows(services: Services, chiffres: Chiffres) -> None:
    """The counts that are frozen and protected are the same as those of the screen, by another way."""
    bilan = {
        compte.tableau.code: compte for compte in services.bilans.comptes(parse_period("2026-T3"), "annee")
    }
    for code, compte in bilan.items():
        on_screen = chiffres.comptes[code].effectifs
        assert {cle: e.unites for cle, e in compte.effectifs.items()} == {
            cle: e.unites for cle, e in on_screen.items()
        }


def test_22_5_percent_of_1677_persons_are_oriented(tmp_path: Path) -> None:
    """Alpes-Maritimes, 2011 (guide, line 299): oriented to the services of the département."""
    services, session = open_services(tmp_path)
    write(session, [Accueilli(dossier=rank + 1, oriente=rank < 377) for rank in range(1677)], JOUR)
    chiffres = services.chiffres.chiffres(ANNEE)
    session.vault.close()
    for code in ("orientes_secteur", "cohorte_orientes"):
        found = _indicateur(chiffres, code)
        assert (found.part, found.haut, found.bas) == ("22,5 %", 377, 1677)
    assert chiffres.totaux["accueils"] == chiffres.personnes == 1677


def test_whoever_did_not_answer_is_said_beside_the_share(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    asked = Accueilli(dossier=1, connu_services_sociaux="inconnu")
    register = [replace(asked, dossier=rank + 1) for rank in range(6)]
    register += [
        replace(asked, dossier=7 + rank, connu_services_sociaux="non_renseigne", vulnerabilite=())
        for rank in range(4)
    ]
    write(session, register, JOUR)
    chiffres = services.chiffres.chiffres(ANNEE)
    session.vault.close()
    assert (_indicateur(chiffres, "inconnus").part, _indicateur(chiffres, "inconnus").inconnus) == ("60 %", 4)
    assert _indicateur(chiffres, "vulnerables").inconnus == 4
    assert _indicateur(chiffres, "orientes_secteur").inconnus is None
