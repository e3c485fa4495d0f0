"""The list of dossiers under the hand: letters typed to their rows drawn, and images while it scrolls."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iscg_desktop.domain.liste_dossiers import TOUS
from iscg_desktop.ui.desk import Desk
from tests.benchmarks.measures import say, slow, within, worked

IMAGE = 1 / 60
AHEAD = 9_000
"""Milliseconds in which the pages are made at rest."""
_IMAGES = 300
OPENED = 0.050
_DOSSIERS = 40


class Painted(QObject):
    """Says whether a widget was painted since it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def type_letters(desk: Desk, names: Iterable[str]) -> list[float]:
    """Type names, and count each letter from the event of its key to the rows in the model and painted.

    What drawing alone takes, the same rows and no search, is printed beside it.
    """
    QTest.qWait(AHEAD)
    desk.window.show_page("dossiers")
    QTest.qWait(300)
    page, times, floor = desk.dossiers, [], []
    viewport, painted = page.table.view.viewport(), Painted()
    viewport.installEventFilter(painted)

    answered: list[str] = []
    page.search.searched.connect(answered.append)

    def typed(letter: str) -> None:
        answered.clear()
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(page.search, key)
        while letter != " " and not answered:  # what waits for a pause counts with its pause
            QApplication.processEvents()
        painted.seen = False
        for _ in range(8):  # where nothing is found another widget is painted
            QApplication.processEvents()
            if painted.seen:
                break

    for name in names:
        page.search.clear()
        QTest.qWait(400)
        for letter in name:
            times.append(worked(lambda letter=letter: typed(letter)))
            screen = page.table.rows_in_sight()
            wanted = desk.services.liste_dossiers.ids(page.search.text(), TOUS.filtre, None, screen)
            # Once the hand rests, after a space for one, the others come after them.
            first = (page.lines.record(row) for row in range(min(page.lines.rowCount(), screen)))
            assert tuple(line.id for line in first if line is not None) == wanted, page.search.text()
            floor.append(worked(viewport.repaint))
        QTest.qWait(400)  # the hand rests: the others come
        every = desk.services.liste_dossiers.ids(name, TOUS.filtre, None)
        assert page.lines.rowCount() == len(every)
    viewport.removeEventFilter(painted)
    say("the same rows drawn and nothing searched, 95 of 100", slow(floor), IMAGE)
    say("letter typed, rows drawn, the slowest", max(times), IMAGE)
    return times


def open_dossiers(desk: Desk, among: str) -> None:
    """Open dossiers spread over the whole list, from the press to the page filled and drawn; the best of three each."""
    ids = desk.services.liste_dossiers.ids("", TOUS.filtre, None)
    chosen = ids[:: max(len(ids) // _DOSSIERS, 1)][:_DOSSIERS]

    def opened(dossier_id: int) -> None:
        desk.dossiers.dossier_requested.emit(dossier_id)
        for _ in range(4):
            QApplication.processEvents()

    runs: list[list[float]] = []
    for _ in range(3):
        runs.append([])
        for dossier_id in chosen:
            desk.window.show_page("dossiers")
            QTest.qWait(20)
            runs[-1].append(worked(lambda dossier_id=dossier_id: opened(dossier_id)))
            assert (desk.window.current_page(), desk.dossier.shown) == ("dossier", dossier_id)
    times = list(map(min, zip(*runs, strict=True)))
    say(f"dossier {among}, the slowest of {len(times)}", max(times), OPENED)
    within(f"dossier {among}, 95 of 100", slow(times), OPENED)


def scroll_all(desk: Desk, among: str) -> None:
    """Scroll the list of all dossiers by lines and by pages: every image is held to a 60th of a second."""
    desk.window.show_page("dossiers")
    desk.dossiers.filters.vue_chosen.emit(TOUS)
    QTest.qWait(300)
    view = desk.dossiers.table.view
    bar = view.verticalScrollBar()
    for what, step in (
        ("a line", bar.singleStep()),
        ("three lines", 3 * bar.singleStep()),
        ("a page", bar.pageStep()),
        ("a sixtieth of all", bar.maximum() // 60),
    ):
        runs = []
        for _ in range(3):
            bar.setValue(0)
            QApplication.processEvents()
            runs.append(
                [
                    worked(lambda place=place: (bar.setValue(place), view.viewport().repaint()))
                    for place in range(0, min(step * _IMAGES, bar.maximum()), step)
                ]
            )
        say(f"{among} scrolled by {what}, 95 images of 100", min(map(slow, runs)), IMAGE)
        within(f"{among} scrolled by {what}, the slowest image", min(map(max, runs)), IMAGE)
