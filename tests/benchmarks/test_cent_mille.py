"""A coffre of a whole career: what is typed is found among 100 000 entretiens, and among those of ten years.

Counted in time of this thread: the rest of the machine is left out.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtTest import QTest

from iscg_desktop.domain.dossier import format_numero
from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.liste_dossiers import TOUS
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import Profil
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services import coffre
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.services.territoires import reading_ahead
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.garbage import leave_alone, look_again
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.benchmarks.liste import open_dossiers, scroll_all, type_letters
from tests.benchmarks.measures import Bare, nothing_collected, slow, within
from tests.coffres import PASSPHRASE
from tests.services.population import COMMON, population
from tests.vie import TODAY, TestClock, open_services

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(1800)]

ENTRETIENS = 100_000
TEN_YEARS = 15_000
SCREEN = 24
"""Rows of a list in a window of 1 080 lines."""
_READY = "ISCG_CARRIERE"
"""Names a folder of coffres made by ``live``, each under how many entretiens, to be copied rather than made again."""
_DAYS = 30 * 365
_PROBLEMATIQUES = ("violences_conjugales", "difficultes_financieres")
_WORDS = (
    "hébergement", "école", "plainte", "enfants", "dettes", "loyer", "voisins", "santé", "travail", "départ",
    "rendez-vous", "famille", "peur", "calme", "nuit", "certificat", "avocat", "logement", "séparation", "appel",
)  # fmt: skip
NAMES = (
    "bernard",
    "thomas petit",
    "durand",
    "le garnier",
    "beaubert",
    "2014-0310",
    "hébergement loyer",
    "zzz",
)
TYPED = [name[:length] for name in NAMES for length in range(1, len(name) + 1)]


def live(session: Session, entretiens: int, seed: int = 1) -> None:
    """Write so many entretiens through the repositories, in one transaction: nearly four a dossier, as in life."""
    random, now = Random(seed), session.clock.now()
    people = iter(population(entretiens, seed))
    done, number = 0, 0
    with session.transaction() as tx:
        while done < entretiens:
            number += 1
            opened = TODAY - timedelta(days=_DAYS - number * _DAYS * 4 // entretiens % _DAYS)
            dossier_id = tx.dossiers.add(format_numero(opened.year, number), opened, "adulte_difficulte", 1)
            tx.saisines.add(SaisineDraft(opened, motif=random.choice(_WORDS)), _quarter(opened), dossier_id)
            present = []
            for _ in range(random.choice((1, 1, 2))):
                identite = next(people)
                present.append((tx.personnes.add(identite), PersonneDraft(identite=identite)))
                tx.personnes.join(dossier_id, present[-1][0], "victime")
            for held in range(random.randint(1, 6)):
                day = min(opened + timedelta(days=20 * held), TODAY)
                entretien_id = tx.entretiens.add(_entretien(random, day), dossier_id, _quarter(day), now)
                for rank, (personne_id, line) in enumerate(present):
                    tx.entretiens.add_person(entretien_id, personne_id, rank, line, Profil(statut="victime"))
                if not held:
                    tx.orientations.add(
                        OrientationDraft(0, "ccas", None, "oui", "Relais"),
                        dossier_id=dossier_id,
                        personne_id=present[0][0],
                        entretien_id=entretien_id,
                        day=day,
                        trimestre=_quarter(day),
                    )
                tx.dossiers.touch(dossier_id, day)
                done += 1
            tx.dossiers.index(dossier_id)
        tx.commit()


def _entretien(random: Random, day: date) -> EntretienDraft:
    return EntretienDraft(
        None, day, duree=45, mode="presentiel_rdv", lieu="unite", unite_id=1,
        problematique_principale=random.choice(_PROBLEMATIQUES),
        notes_de_travail=" ".join(random.choices(_WORDS, k=25)),
    )  # fmt: skip


def _quarter(day: date) -> str:
    return f"{day.year}-T{(day.month + 2) // 3}"


@pytest.fixture(scope="module")
def career(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, Session]]:
    yield from _coffre(tmp_path_factory.mktemp("carriere"), ENTRETIENS)


@pytest.fixture(scope="module")
def decade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, Session]]:
    """4 341 dossiers of 15 000 entretiens."""
    yield from _coffre(tmp_path_factory.mktemp("dix_ans"), TEN_YEARS)


def _coffre(folder: Path, entretiens: int) -> Iterator[tuple[Services, Session]]:
    ready = Path(os.environ[_READY]) / str(entretiens) if _READY in os.environ else None
    if ready is not None:
        shutil.copytree(ready, folder / "coffre")
        session = coffre.open_session(
            folder / "coffre", coffre.unlock(folder / "coffre", PASSPHRASE), clock=TestClock().clock
        )
        services = Services(session)
    else:
        services, session = open_services(folder)
        live(session, entretiens)
    at_once(reading_ahead())
    yield services, session
    session.vault.close()


def test_a_dossier_is_found_while_one_types_among_100_000(career: tuple[Services, Session]) -> None:
    _dossiers(*career, "among 100 000", 0.050)


def test_a_person_is_found_while_one_types_among_100_000(career: tuple[Services, Session]) -> None:
    _persons(*career, "among 100 000", 0.050)


def test_a_dossier_is_found_while_one_types_in_ten_years(decade: tuple[Services, Session]) -> None:
    _dossiers(*decade, "in ten years", 0.016)


def test_a_person_is_found_while_one_types_in_ten_years(decade: tuple[Services, Session]) -> None:
    _persons(*decade, "in ten years", 0.016)


def test_letters_are_typed_the_list_scrolled_and_dossiers_opened_among_100_000(
    career: tuple[Services, Session], theme: Theme
) -> None:
    _at_the_window(career[0], "among 100 000", 0.050)


def test_letters_are_typed_the_list_scrolled_and_dossiers_opened_in_ten_years(
    decade: tuple[Services, Session], theme: Theme
) -> None:
    _at_the_window(decade[0], "in ten years", 0.016)


def _at_the_window(services: Services, among: str, limit: float) -> None:
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    desk.all_made.connect(leave_alone)
    desk.window.show()
    try:
        within(f"letter typed {among}, rows drawn, 95 of 100", slow(type_letters(desk, NAMES)), limit)
        desk.dossiers.search.clear()
        scroll_all(desk, among)
        open_dossiers(desk, among)
    finally:
        desk.close()  # and the coffre with it: the last test over it
        tasks.close()
        look_again()
        QTest.qWait(1000)  # the window goes away now, not under the next benchmark


def _dossiers(services: Services, session: Session, among: str, limit: float) -> None:
    """Each keystroke in the list of dossiers: the ids of a screen in order, then their lines.

    The bare index is the statements that read it, those that this very search asked.
    """
    liste, read, whole, found, bare = services.liste_dossiers, session.read, [], [], []
    index = Bare()
    read.recherche_personnes.find = index.counted(read.recherche_personnes.find)  # type: ignore[method-assign]
    read.dossiers.search_ids = index.counted(read.dossiers.search_ids)  # type: ignore[method-assign]
    try:
        with nothing_collected():
            for typed in TYPED:
                index.seconds = 0.0
                start = time.thread_time()
                ids = liste.ids(typed, TOUS.filtre, None, SCREEN)
                found.append(time.thread_time() - start)
                liste.lines(ids)
                whole.append(time.thread_time() - start)
                bare.append(index.seconds)
    finally:
        del read.recherche_personnes.find, read.dossiers.search_ids
    ratio = sum(found) / sum(bare)
    print(f"\ndossiers {among}: {ratio:.2f} times the bare index", end="")
    within(f"dossiers {among}, 95 of {len(TYPED)} keystrokes of 100", slow(whole), limit)
    assert ratio <= 1.5


def _persons(services: Services, session: Session, among: str, limit: float) -> None:
    """Each keystroke in a field of persons: those of the index, looked at closely, best first."""
    whole, bare, index = [], [], Bare()
    read = session.read
    read.recherche_personnes.find = index.counted(read.recherche_personnes.find)  # type: ignore[method-assign]
    try:
        with nothing_collected():
            for typed in [*TYPED, *(name[:length] for name in COMMON for length in (2, 4))]:
                index.seconds = 0.0
                start = time.thread_time()
                services.personnes.search(typed)
                whole.append(time.thread_time() - start)
                bare.append(index.seconds)
    finally:
        del read.recherche_personnes.find
    ratio = sum(whole) / sum(bare)
    print(f"\npersons {among}: {ratio:.2f} times the bare index", end="")
    within(f"persons {among}, 95 of 100 keystrokes", slow(whole), limit)
    assert ratio <= 1.5
