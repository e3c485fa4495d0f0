"""A hostile hand at the desk: hundreds of gestures drawn by lot, after which nothing may have broken.

`-m campagne` plays for minutes; what it finds gets a test of its own beside the page it was found in.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from iscg_desktop.services import coffre
from iscg_desktop.services.demo.demo import make_demo
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.naissance_edit import NaissanceEdit
from iscg_desktop.ui.widgets.nombre_edit import NombreEdit
from iscg_desktop.ui.widgets.text_area import TextArea
from tests.conftest import LogWatch
from tests.vie import TODAY, TestClock

AFTER_THE_YEAR = date(2027, 1, 4)
"""A quarter is finished and not yet arrêté."""

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier
NONE, CTRL, ALT, SHIFT = (
    MODIFIER.NoModifier,
    MODIFIER.ControlModifier,
    MODIFIER.AltModifier,
    MODIFIER.ShiftModifier,
)
PLAIN_KEYS = (
    *(KEY.Key_Tab,) * 4,
    *(KEY.Key_Return,) * 3,
    *(KEY.Key_Down,) * 3,
    *(KEY.Key_Up, KEY.Key_Left, KEY.Key_Right, KEY.Key_Escape, KEY.Key_Space, KEY.Key_Backspace),
    *(KEY.Key_Home, KEY.Key_End, KEY.Key_PageUp, KEY.Key_PageDown, KEY.Key_Delete, KEY.Key_Enter),
    *(KEY.Key_F4, KEY.Key_F5, KEY.Key_F8, KEY.Key_F9, KEY.Key_F1, KEY.Key_F2),
)
CTRL_KEYS = "SSSNKZAFLDEPW"
WORDS = (
    "Le Péron",
    "Anaïs",
    "12/03/1988",
    "hier",
    "31/02/2026",
    "9h30",
    "24h",
    "25:99",
    "45",
    "-1",
    "1e9",
    "99999999999999999999",
    "saint",
    "violences",
    "06 00 00 00 01",
    "nobody@",
    "35253",
    "ŒŸĳ ẞ é́́ 🙂",
    "'; DROP TABLE dossiers; --",
    '" OR NEAR( * ^ AND',
    "%_%",
    "<b>gras</b><img src=x>",
    "a\u202eb\u200b",
    "{0} %n %1 &Alt",
    "../../etc",
    "x" * 1_000,
)
RECORDS = (
    *("Enregistrer", "Terminer", "Ajouter", "Garder", "Noter", "Fixer", "Établir", "Clore", "Réunir", "Fait"),
    *("Vu", "Rouvrir", "Arrêter", "Importer", "Ouvrir un dossier", "Rattacher", "Annuler"),
)
"""First words of the buttons that store something."""

ANSWERS: dict[type[QWidget], tuple[str, ...]] = {
    DateEdit: ("hier", "aujourd’hui", "20/11/2026", "15/03/2026"),
    HeureEdit: ("9h30", "14h"),
    DureeEdit: ("45", "1h30"),
    NaissanceEdit: ("12/03/1988", "1988", "35 ans", "10/01/2020"),
    NombreEdit: ("3", "10"),
    LineEdit: ("Le Péron", "Anaïs", "06 00 00 00 09", "Une situation à suivre"),
    TextArea: ("Madame souhaite être aidée.", "Rappeler jeudi.\nPuis écrire."),
}
LINE_BREAKS = "une ligne\n\nune autre\tet après"


@dataclass(frozen=True)
class Model:
    """A closed coffre of fictitious dossiers, and files to be offered where one is asked for."""

    folder: Path
    passphrase: str
    files: tuple[Path, ...]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """Twenty-five dossiers, the finished quarters arrêtés."""
    place = tmp_path_factory.mktemp("singe")
    made = make_demo(place / "demo", number=25, seed=1, today=TODAY, progress=lambda *_: None)
    hostile = {"vide.pdf": b"", "faux.png": b"\x89PNG\r\n", "liste.csv": "nom;type\n\0é".encode("latin-1")}
    for name, content in hostile.items():
        (place / name).write_bytes(content)
    return Model(
        made.coffre, made.passphrase, (*made.coupons, *made.fiches[:1], *map(place.joinpath, hostile))
    )


def frozen(session: Session, quarters: tuple[str, ...]) -> list[object]:
    """All that may never move again of quarters arrêtés: their cells, and their rows counted again."""
    cells = session.vault.execute(
        "SELECT * FROM bilan_cellules WHERE trimestre IN (SELECT value FROM json_each(?))"
        " ORDER BY trimestre, palier, tableau, cle",
        (json.dumps(quarters),),
    ).rows
    lines = session.read.statistics.lignes(quarters)
    counted = sorted((line.univers, sorted(map(repr, line.valeurs.items()))) for line in lines)
    return [tuple(map(tuple, cells)), counted]


def arretes(session: Session) -> tuple[str, ...]:
    """Codes of the quarters that are arrêtés."""
    return tuple(
        row["code"] for row in session.vault.execute("SELECT code FROM bilans WHERE type = 'trimestre'")
    )


def unsound(session: Session) -> list[object]:
    """What is wrong in the coffre, if anything is."""
    rows = session.vault.execute
    found: list[object] = list(rows("PRAGMA foreign_key_check").rows)
    found += [row[0] for row in rows("PRAGMA quick_check") if row[0] != "ok"]
    problem = session.read.journal.verify()
    return found + ([problem] if problem else [])


class Monkey:
    """Does one gesture after another, each drawn by lot among what is possible now.

    Attributes:
        done: What it did so far, in words.
    """

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.window = desk.window
        self.random = Random(seed)
        self.done: list[str] = []
        self._gestures: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, self._click),
            (4, self._double_click),
            (10, self._pick),
            (2, self._right_click),
            (22, self._key),
            (8, self._ctrl),
            (4, self._alt),
            (14, self._type),
            (6, self._fill),
            (4, self._go),
            (4, self._page),
            (1, self._resize),
            (1, self._wait),
        )

    def act(self) -> None:
        """One gesture, and what follows from it."""
        weights = [weight for weight, _ in self._gestures]
        (gesture,) = self.random.choices([act for _, act in self._gestures], weights)
        self.done.append("…")
        self.done[-1] = gesture()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    @property
    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _shown(self, kind: type[QWidget]) -> list[QWidget]:
        """Enabled widgets of a kind inside the window, the menus included."""
        tops = [self.window, *(top for top in QApplication.topLevelWidgets() if top.isVisible())]
        found = {id(each): each for top in tops for each in top.findChildren(kind)}
        return [each for each in found.values() if each.isVisible() and each.isEnabled()]

    def _one(self, kinds: tuple[type[QWidget], ...]) -> QWidget | None:
        shown = [each for kind in kinds for each in self._shown(kind)]
        return self.random.choice(shown) if shown else None

    def _click(self) -> str:
        target = self._one((QAbstractButton, Line, QTabBar))
        if target is None:
            return "click nothing"
        words = f"click {self._name(target)}"
        self.done[-1] = words
        self._bring(target)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)
        return words

    def _double_click(self) -> str:
        target = self._one((QAbstractButton, Line))
        if target is None:
            return "double click nothing"
        words = f"double click {self._name(target)}"
        self.done[-1] = words
        self._bring(target)
        # As a real hand: the second press goes to whatever is there by then.
        where, place = target.window(), target.mapTo(target.window(), target.rect().center())
        for press in (QTest.mouseClick, QTest.mouseDClick):
            under = where.childAt(place) or where
            press(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(where, place))
        return words

    def _pick(self) -> str:
        view = self._one((QAbstractItemView,))
        if not isinstance(view, QAbstractItemView) or view.model() is None:
            return "pick nothing"
        place = self._somewhere(view.viewport().rect())
        words = f"pick {self._name(view)} at {place.x()},{place.y()}"
        self.done[-1] = words
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        if self.random.random() < 0.3 and view.isVisible():
            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        return words

    def _right_click(self) -> str:
        target = self._focus
        QTimer.singleShot(0, self._leave_menus)
        QTest.mouseClick(target, Qt.MouseButton.RightButton)
        return f"right click {self._name(target)}"

    def _leave_menus(self) -> None:
        for menu in QApplication.topLevelWidgets():
            if isinstance(menu, QMenu) and menu.isVisible():
                menu.close()

    def _key(self) -> str:
        key = self.random.choice(PLAIN_KEYS)
        times = self.random.choice((1, 1, 1, 1, 3, 8))
        self.done[-1] = words = f"{key.name} x{times} in {self._name(self._focus)}"
        for _ in range(times):
            QTest.keyClick(self._focus, key, self.random.choice((NONE, NONE, NONE, NONE, SHIFT)))
        return words

    def _ctrl(self) -> str:
        letter = self.random.choice((*CTRL_KEYS, "Return", "Up", "Down"))
        self.done[-1] = words = f"Ctrl+{letter} in {self._name(self._focus)}"
        QTest.keyClick(self._focus, KEY[f"Key_{letter}"], CTRL)
        return words

    def _alt(self) -> str:
        letter = self.random.choice((*"ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789", *("Left",) * 8))
        self.done[-1] = words = f"Alt+{letter} in {self._name(self._focus)}"
        QTest.keyClick(self._focus, KEY[f"Key_{letter}"], ALT)
        return words

    def _type(self) -> str:
        text = self.random.choice((*WORDS, LINE_BREAKS, *"aeiouzx19 "))
        self.done[-1] = words = f"type {text[:30]!r} in {self._name(self._focus)}"
        self._write(self._focus, text)
        return words

    def _fill(self) -> str:
        """Answer most of what a page asks as she would, then record it: few forms are whole by chance."""
        fields = [*self._shown(QLineEdit), *self._shown(QPlainTextEdit)]
        careful = self.random.random() < 0.7
        self.done[-1] = words = f"fill {len(fields)} fields of {self.window.current_page()}"
        for field in fields:
            if field.isVisible() and self.random.random() < 0.7:
                field.setFocus()
                self._answer(field, careful)
        records = [each for each in self._shown(QAbstractButton) if self._text(each).startswith(RECORDS)]
        if records:
            button = self.random.choice(records)
            self.done[-1] = words = f"{words}, then {self._name(button)}"
            self._bring(button)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return words

    def _answer(self, field: QLineEdit | QPlainTextEdit, careful: bool) -> None:
        kind = next((each for each in ANSWERS if isinstance(field, each)), None)
        if kind is None:  # it offers a list
            for _ in range(self.random.randint(1, 4)):
                QTest.keyClick(field, KEY.Key_Down)
            QTest.keyClick(field, KEY.Key_Return)
        elif not careful:
            self._write(field, self.random.choice((*ANSWERS[kind], *WORDS)))
        elif isinstance(field, QPlainTextEdit) or not field.text():
            self._write(field, self.random.choice(ANSWERS[kind]))

    def _write(self, field: QWidget, text: str) -> None:
        """The whole string at once, as an input method or a paste gives it."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, NONE, text))

    def _page(self) -> str:
        number = self.random.randint(1, 8)
        QTest.keyClick(self._focus, KEY[f"Key_{number}"], ALT)
        return f"Alt+{number}"

    def _go(self) -> str:
        """Open a dossier, one of its persons, orientations or entretiens: hands are long in finding them."""
        desk, services = self.desk, self.desk.services
        dossier = self.random.choice(services.dossiers.find("", limit=50)).id
        persons = [each.personne.id for each in services.dossiers.reread(dossier).personnes]
        orientations = [each.id for each in services.dossiers.orientations(dossier)]
        ways: list[tuple[str, Callable[[], None]]] = [
            ("dossier", lambda: desk.dossiers.dossier_requested.emit(dossier)),
            ("entretien", lambda: desk.dossier.entretien_requested.emit(dossier)),
            ("nouvel entretien", desk.dossiers.entretien_requested.emit),
            *(("personne", lambda: desk.dossier.personne_requested.emit(persons[0])) for _ in persons[:1]),
            *(
                ("fiche", lambda: desk.dossier.fiche_requested.emit(orientations[0]))
                for _ in orientations[:1]
            ),
        ]
        name, way = self.random.choice(ways)
        way()
        return f"go to {name} of {dossier}"

    def _resize(self) -> str:
        width, height = self.random.choice(((480, 320), (1280, 800), (1280, 800), (900, 600), (1600, 1000)))
        self.window.resize(width, height)
        return f"resize {width}x{height}"

    def _wait(self) -> str:
        QTest.qWait(120)
        return "wait"

    def _bring(self, target: QWidget) -> None:
        """Scroll to what will be clicked, as she must to see it."""
        parent = target.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(target)
            parent = parent.parentWidget()

    def _somewhere(self, rect: QRect) -> QPoint:
        return QPoint(
            self.random.randint(0, max(rect.width() - 1, 0)),
            self.random.randint(0, max(rect.height() - 1, 0)),
        )

    def _text(self, widget: QWidget) -> str:
        return without_mnemonic(widget.text()) if isinstance(widget, QAbstractButton) else ""

    def _name(self, widget: QWidget) -> str:
        words = self._text(widget) or widget.accessibleName()
        return f"{type(widget).__name__}({words[:40]!r}) on {self.window.current_page()}"


@contextmanager
def _desk(
    model: Model, folder: Path, today: date, random: Random, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Desk, Session]]:
    """The desk over a copy of the model, where the dialogs of the system answer by lot."""
    place = shutil.copytree(model.folder, folder / "coffre")
    key = coffre.unlock(place, model.passphrase)
    session = coffre.open_session(place, key, clock=TestClock(today).clock)
    out = folder / "dehors"
    out.mkdir()

    def files(dialog: QFileDialog) -> list[str]:
        if dialog.fileMode() == QFileDialog.FileMode.ExistingFile:
            return [str(random.choice(model.files))]
        return [str(out if dialog.fileMode() == QFileDialog.FileMode.Directory else out / "copie")]

    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: random.random() < 0.7)
    monkeypatch.setattr(QFileDialog, "selectedFiles", files)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Rejected)
    tasks = TaskRunner()
    desk = Desk(Services(session), tasks)
    try:
        desk.show()
        desk.window.activateWindow()
        yield desk, session
        desk.close()
    finally:
        tasks.close()
        session.vault.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def play(
    model: Model,
    folder: Path,
    seed: int,
    gestures: int,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    log_watch: LogWatch,
) -> None:
    """Let it play, and look at everything after each gesture; then at the whole coffre."""
    today = TODAY if seed % 2 == 0 else AFTER_THE_YEAR
    with _desk(model, folder, today, Random(seed), monkeypatch) as (desk, session):
        quarters = arretes(session)
        before = frozen(session, quarters)
        assert quarters
        monkey = Monkey(desk, seed)
        for _ in range(gestures):
            with qtbot.captureExceptions() as exceptions:
                monkey.act()
            last = "\n".join(monkey.done[-25:])
            assert not exceptions, f"{exceptions}\n{last}"
            assert log_watch.complaints() == [], last
        assert frozen(session, quarters) == before
        assert unsound(session) == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen and its menus
@pytest.mark.parametrize("seed", range(2))
def test_nothing_breaks_under_a_hostile_hand(
    seed: int,
    model: Model,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    log_watch: LogWatch,
) -> None:
    play(model, tmp_path, seed, 250, qtbot, monkeypatch, log_watch)


@pytest.mark.campagne
@pytest.mark.timeout(900)
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("seed", range(100, 200))
def test_nothing_breaks_under_a_hostile_hand_for_long(
    seed: int,
    model: Model,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    log_watch: LogWatch,
) -> None:
    play(model, tmp_path, seed, 1_500, qtbot, monkeypatch, log_watch)
