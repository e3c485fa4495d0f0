"""A coffre of a whole career: what is typed is found among 100 000 entretiens, and among those of ten years.

Counted in time of this thread: the rest of the machine is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from PySide6.QtTest import QTest

from iscg_desktop.domain.dossier import format_numero
from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.liste_dossiers import TOUS
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import Profil
from iscg_desktop.domain.recherche import read
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.personnes import FIRST_LOOK
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.benchmarks.measures import slow, within, worked
from tests.services.population import COMMON, population
from tests.vie import TODAY, open_services

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(1800)]

ENTRETIENS = 100_000
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
    services, session = open_services(tmp_path_factory.mktemp("carriere"))
    live(session, ENTRETIENS)
    services.warm_up()
    yield services, session
    session.vault.close()


def test_a_dossier_is_found_while_one_types_among_100_000(career: tuple[Services, Session]) -> None:
    _dossiers(career[0], "among 100 000", 0.050)


def test_a_person_is_found_while_one_types_among_100_000(career: tuple[Services, Session]) -> None:
    _persons(*career, "among 100 000", 0.050)


def test_the_list_scrolls_by_a_page_among_100_000(career: tuple[Services, Session], theme: Theme) -> None:
    tasks = TaskRunner()
    desk = Desk(career[0], tasks)
    desk.window.show_page("dossiers")
    desk.window.show()
    QTest.qWait(300)
    view = desk.dossiers.table.view
    bar = view.verticalScrollBar()
    times = [
        worked(lambda place=place: (bar.setValue(place), view.viewport().repaint()))
        for place in range(0, min(bar.pageStep() * 300, bar.maximum()), bar.pageStep())
    ]
    desk.window.deleteLater()  # its coffre stays open for the others
    tasks.close()
    within("scrolled by a page among 100 000, 95 images of 100", slow(times), 1 / 60)


def test_a_dossier_is_found_while_one_types_among_ten_years(services: Services) -> None:
    _dossiers(services, "in ten years", 0.016)


def _dossiers(services: Services, among: str, limit: float) -> None:
    """Each keystroke in the list of dossiers: the ids in order, and the lines of a screen."""
    liste, whole, bare = services.liste_dossiers, [], []
    for typed in TYPED:
        start = time.thread_time()
        liste.lines(liste.ids(typed, TOUS.filtre, None)[:20])
        middle = time.thread_time()
        services.dossiers.find(typed)
        whole.append(middle - start)
        bare.append(time.thread_time() - middle)
    print(f"\ndossiers {among}: {sum(whole) / sum(bare):.2f} times the bare search", end="")
    within(f"dossiers {among}, 95 of {len(TYPED)} keystrokes of 100", slow(whole), limit)
    assert sum(whole) / sum(bare) <= 1.5


def _persons(services: Services, session: Session, among: str, limit: float) -> None:
    whole, bare = [], []
    for typed in [*TYPED, *(name[:length] for name in COMMON for length in (2, 4))]:
        asked = read(typed, TODAY, shipped_prenoms())
        start = time.thread_time()
        services.personnes.search(typed)
        middle = time.thread_time()
        session.read.recherche_personnes.find(asked, FIRST_LOOK)
        whole.append(middle - start)
        bare.append(time.thread_time() - middle)
    print(f"\npersons {among}: {sum(whole) / sum(bare):.2f} times the bare index", end="")
    within(f"persons {among}, 95 of 100 keystrokes", slow(whole), limit)
    assert sum(whole) / sum(bare) <= 1.5
