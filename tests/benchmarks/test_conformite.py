"""Nothing of Conformité holds the window, on ten years of data (`-m campagne -s`)."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase
from iscg_desktop.services.fermeture import MOTS
from iscg_desktop.services.services import Services
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.forms import drawn_section
from iscg_desktop.ui.pages.conformite import echeances, journal, passation, personne
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.attente import wait_for
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import Heart, hold
from tests.vie import TestClock, open_services

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(900)]
PHRASE = "brosse morille swing semis rigolade aubade croix"
_PAGES = (drawn_section, journal, passation, personne)


class Course:
    """What is done on the window, and how long each act held it."""

    def __init__(self, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.folder = desk, folder
        self.found: dict[str, float] = {}
        self.heart = Heart()
        for page in _PAGES:  # no dialog: where she says
            monkeypatch.setattr(page, "choose_place", lambda *_: self.folder / "ici.pdf", raising=False)
            monkeypatch.setattr(page, "print_pdf", lambda *_: True, raising=False)
        monkeypatch.setattr(echeances, "print_pdf", lambda *_: True)

    def turn(self, what: str, act: Callable[[], object], until: Callable[[], bool] = lambda: True) -> None:
        """Do something, and wait until what follows from it ended.

        Python's garbage is collected between two acts: what else is in this process is not the program's.
        """
        gc.collect()
        gc.disable()
        with self.heart.beating():
            act()
            self.heart._on_beat()
            wait_for(until, 120_000)
            QTest.qWait(600)
        gc.enable()
        self.found[what] = max(self.found.get(what, 0.0), self.heart.longest)

    def section(self, key: str) -> Any:
        """A section of the page, shown; the page with its first section was an act of its own."""
        page = self.desk.window.page("conformite")
        if self.desk.window.current_page() != "conformite":
            self.turn("page shown", lambda: self.desk.window.show_page("conformite"))
        if key != page.current():
            self.turn(f"{key} shown", lambda: page.show_section(key))
        return page.section(key)

    def hold(self) -> None:
        hold(self.found)


@pytest.fixture
def course(
    ten_years: Path, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Course]:
    """Over a copy of its own: dossiers are erased and the coffre is closed."""
    place = Path(shutil.copytree(ten_years, tmp_path / "coffre"))
    session = coffre.open_session(
        place, coffre.unlock(place, demo_passphrase(1)), clock=Clock(today=lambda: TODAY)
    )
    tasks = TaskRunner()
    desk = Desk(Services(session), tasks)
    desk.show()
    QTest.qWait(2000)
    yield Course(desk, tmp_path, monkeypatch)
    desk.close()
    tasks.close()
    QTest.qWait(300)


def test_what_is_past_its_time_is_listed_and_erased(course: Course) -> None:
    services = course.desk.services
    section = course.section("echeances")
    ids = [each.id for each, _ in services.conservation.dates()]
    assert len(ids) > 500
    heavy = max(ids[:200], key=lambda each: len(services.effacement.apercu_dossier(each).remises))
    for number in range(3):
        photo = course.folder / f"{number}.jpg"
        photo.write_bytes(b"\xff\xd8\xff" + bytes(10**6))
        services.pieces_jointes.add(photo, heavy)
    course.turn("bordereau", section._on_print_clicked, lambda: bool(section.message.text))
    course.turn("erasure seen before", lambda: section._propose(heavy))
    section.erasing.signed.set_value(True)
    section.erasing._show()
    course.turn("erased", section.erasing.button.click, lambda: section.message.tone == "good")
    assert not services.effacement._session.read.dossiers.exists(heavy)
    course.turn("prolonging", lambda: section._open_prolonging(ids[-1]))
    course.turn("hidden", lambda: course.desk.window.set_discreet(True))
    course.turn("shown again", lambda: course.desk.window.set_discreet(False))
    course.hold()


def test_what_a_person_asks(course: Course) -> None:
    services = course.desk.services
    section = course.section("personne")
    dossiers = [each.id for each in services.dossiers.find("")[:40]]
    lives = [services.effacement._session.read.dossiers.get(each) for each in dossiers]
    who = max(
        (each.personnes[0].personne.id for each in lives), key=lambda each: len(services.droits.textes(each))
    )
    course.turn("a person", lambda: section.show_person(who))
    course.turn("her copy saved", section.save_button.click, lambda: bool(section.message.text))
    course.turn("her copy printed", section.copy_button.click, lambda: section.message.tone == "good")
    course.turn("her erasure seen before", section.erase_button.click)
    course.turn(
        "she is erased", section.erasing.button.click, lambda: section.message.text.startswith("C’est")
    )
    section = course.section("droits")
    for each in lives[1:8]:
        if each.personnes[0].personne.id == who:
            continue
        values = {"personne": each.personnes[0].personne.id, "droit": "acces", "recue_le": TODAY, "note": ""}
        course.turn("a request noted", lambda values=values: section._on_noting_submitted(values))
    demande = services.droits.demandes()[0].demande.id
    answer = {"repondue_le": TODAY, "reponse": "satisfaite", "note": ""}
    section._answer(demande)
    course.turn("answered", lambda: section._on_answering_submitted(answer))
    course.hold()


def test_what_the_dpo_reads(course: Course) -> None:
    section = course.section("traitement")
    course.turn("description printed", section.print_button.click, lambda: section.message.tone == "good")
    section.message.clear()
    course.turn("description saved", section.save_button.click, lambda: section.message.tone == "good")
    section = course.section("controle")
    course.turn("checklist printed", section._on_print_clicked, lambda: section.message.tone == "good")
    course.section("notes")
    course.hold()


def test_the_journal(course: Course) -> None:
    section = course.section("journal")
    lines = course.desk.services.journal.compte(section._asked())
    assert lines > 4_000
    for action in course.desk.services.journal.actions()[:4]:
        section.fields["action"].widget.set_value(action)
        course.turn("filtered", lambda: section._on_filter_committed(None))
    section.fields["action"].widget.set_value(None)
    course.turn("verified", section.verify_button.click, lambda: bool(section.message.text))
    assert section.message.tone == "good"
    section.message.clear()
    course.turn("exported", section.export_button.click, lambda: bool(section.message.text))
    course.hold()


def test_handing_over_all_that_is_open_then_closing(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    section = course.section("passation")
    place = course.folder / "remise.passation"
    section.phrase.widget.set_value(PHRASE)
    course.turn("all chosen", section.all_box.click)
    number = len(section.chosen())
    assert number > 500
    said = lambda: bool(section.message.text)  # noqa: E731
    course.turn("handed over", lambda: section.hand_over(place), said)
    assert section.message.tone == "good", section.message.text
    section.end.proof.widget.set_value(PHRASE)
    course.turn("read again", lambda: section.read_again(place), said)
    assert section.message.tone == "good", section.message.text
    section.message.clear()
    closed: list[None] = []
    course.desk.window.page("conformite").lock_requested.connect(lambda: closed.append(None))
    monkeypatch.setattr(course.desk, "_on_lock_requested", lambda: None, raising=False)
    course.turn("what closing does", section.end.reload)
    course.turn(
        "closed for good", lambda: section.close_for_good(MOTS, course.folder / "pv"), lambda: bool(closed)
    )
    other, _ = open_services(course.folder / "autre", TestClock(TODAY))
    tasks = TaskRunner()
    desk = Desk(other, tasks)
    desk.show()
    QTest.qWait(2000)
    there = Course(desk, course.folder, monkeypatch)
    section = there.section("passation")
    section.key.widget.set_value(PHRASE)
    there.turn("received", lambda: section.receive(place), lambda: bool(section.message.text))
    assert section.message.tone == "good", section.message.text
    assert len(other.passation.ouverts()) == number
    desk.close()
    tasks.close()
    QTest.qWait(300)
    hold(there.found | course.found)


def test_the_emergency_numbers_and_back(desk: Desk) -> None:
    heart, found = Heart(), {}
    desk.window.activateWindow()
    QTest.qWait(300)
    for what, key in (("F2", Qt.Key.Key_F2), ("back", Qt.Key.Key_Escape), ("F2 again", Qt.Key.Key_F2)):
        focused = desk.window.focusWidget() or desk.window
        found[what] = heart.longest_silence(partial(QTest.keyClick, focused, key), 1500)
        QTest.qWait(200)
    assert desk.window.current_page() == "aide"
    hold(found)
