"""The window on ten years of data: it opens at once, scrolls smoothly and is never frozen (`-m campagne -s`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import cycle

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iscg_desktop.domain.document import TypeDocument
from iscg_desktop.domain.liste_dossiers import TOUS, VUES_FOURNIES
from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.sections_page import SectionsPage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.liste import AHEAD, open_dossiers, scroll_all, type_letters
from tests.benchmarks.measures import FROZEN, never_frozen, slow, turn_for, within, worked

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("does not support propagateSizeHints"),
]


BAR = (
    "saisines",
    "dossiers",
    "fiches",
    "annuaire",
    "agenda",
    "bilan",
    "conformite",
    "reglages",
    "aujourdhui",
)


def choose_quarter(desk: Desk, code: str) -> None:
    """Choose a quarter as a pick in the list does."""
    desk.bilan.period.set_value(code)
    desk.bilan.period.committed.emit(code)


def a_long_dossier(services: Services, dossier_id: int) -> int:
    """Bring a dossier to 150 events."""
    for rank in range(150 - len(services.dossiers.reread(dossier_id).evenements)):
        services.journee.add_relance(TODAY + timedelta(days=rank // 3), f"Relance {rank}", dossier_id)
    return dossier_id


def test_a_dossier_opens_at_once(desk: Desk) -> None:
    lines = desk.services.dossiers.find("")
    long = a_long_dossier(desk.services, lines[1].id)

    def opened(dossier_id: int) -> float:
        desk.window.show_page("dossiers")
        QApplication.processEvents()
        return worked(
            lambda: (desk.dossiers.dossier_requested.emit(dossier_id), QApplication.processEvents())
        )

    within("dossier of 150 events", min(opened(long) for _ in range(5)), FROZEN)
    open_dossiers(desk, "of the demonstration")


def test_the_list_of_all_dossiers_scrolls_at_60_images_a_second(desk: Desk) -> None:
    scroll_all(desk, "4 000 dossiers")


def test_the_window_is_never_frozen(desk: Desk) -> None:
    services, show = desk.services, desk.window.show_page
    lines = services.dossiers.find("")
    orientation = next(each for line in lines for each in services.dossiers.orientations(line.id))
    issued = services.fiches.recent()[0]
    long = a_long_dossier(services, lines[1].id)
    never_frozen(
        {
            "Aujourd’hui": lambda: show("aujourdhui"),
            "Saisines": lambda: show("saisines"),
            "Dossiers": lambda: show("dossiers"),
            "search of one letter": lambda: desk.dossiers.focus_search("m"),
            "search of a name": lambda: desk.dossiers.focus_search("martin"),
            "search of nothing": lambda: desk.dossiers.focus_search(""),
            "end of the list": desk.dossiers.table.view.scrollToBottom,
            "sorted by name": lambda: desk.dossiers.table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder),
            "another view": lambda: desk.dossiers.filters.vue_chosen.emit(VUES_FOURNIES[4]),
            "every dossier": lambda: desk.dossiers.filters.vue_chosen.emit(TOUS),
            "dossier": lambda: desk.dossiers.dossier_requested.emit(lines[0].id),
            "dossier of 150 events": lambda: desk.dossiers.dossier_requested.emit(long),
            "another entretien": lambda: desk.dossier.entretien_requested.emit(lines[0].id),
            "leaving it": lambda: show("dossiers"),
            "new entretien": desk.dossiers.entretien_requested.emit,
            "entretien read": lambda: desk.dossier.entretien_opened.emit(1),
            "Corbeille": lambda: show("corbeille"),
            "Doublons": desk.dossiers.doublons_requested.emit,
            "Personne": lambda: desk.dossier.personne_requested.emit(1),
            "Points": desk.dossiers.points_requested.emit,
            "Documents": lambda: desk.dossier.documents_requested.emit(lines[0].id),
            "Fiches": lambda: show("fiches"),
            "fiche": lambda: desk.fiches.fiche_requested.emit(orientation.id),
            "issued fiche": lambda: desk.fiches.fiche_opened.emit(issued.id),
            "Tournée": lambda: desk.fiches.tournee_requested.emit(None, ()),
            "Annuaire": lambda: show("annuaire"),
            "Partenaire": lambda: desk.annuaire.partenaire_requested.emit(1),
            "Agenda": lambda: show("agenda"),
            "Bilan": lambda: show("bilan"),
            "Conformité": lambda: show("conformite"),
            "another quarter": lambda: choose_quarter(desk, "2024-T2"),
        }
    )


def test_the_keys_that_answer_everywhere(desk: Desk) -> None:
    """With every page made, and those of the bar seen: the discreet mode concerns them all."""
    turn_for(AHEAD)
    for key in BAR:
        desk.window.show_page(key)
        turn_for(50)
    bare = Qt.KeyboardModifier.NoModifier

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = bare) -> Callable[[], None]:
        return lambda: QTest.keyClick(desk.window, key, modifier)

    never_frozen(
        {
            "F9": press(Qt.Key.Key_F9),
            "F9 again": press(Qt.Key.Key_F9),
            "F1": press(Qt.Key.Key_F1),
            "F2": press(Qt.Key.Key_F2),
            "Ctrl+K": press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
            "Alt+1": press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier),
            "Ctrl+N": press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
        },
        settled=1000,
    )


def test_no_document_holds_the_window(desk: Desk) -> None:
    """Each kind is begun where it is chosen, for a dossier that may have it; coming back to it is another thing."""
    lines = desk.services.dossiers.find("")

    def may_have(dossier_id: int, kind: TypeDocument) -> bool:
        try:
            desk.services.documents.prepare(dossier_id, kind)
        except UserError:
            return False
        return True

    acts: dict[str, Callable[[], object]] = {}
    for kind in (TypeDocument.INFORMATION_PREOCCUPANTE, TypeDocument.SIGNALEMENT):
        dossier_id = next(line.id for line in lines if may_have(line.id, kind))
        acts[f"where {kind} is chosen"] = partial(desk.dossier.documents_requested.emit, dossier_id)
        acts[kind] = partial(desk.documents.document_requested.emit, dossier_id, kind, None)
        acts[f"{kind} there to be completed"] = lambda kind=kind: _completed(desk, kind)
    never_frozen(acts, rounds=1)


def _completed(desk: Desk, kind: TypeDocument) -> None:
    page = desk.window.page("document")
    assert desk.window.current_page() == "document"
    assert page.primary.isVisible()
    assert page.title == desk.services.documents.titles[kind]


@pytest.mark.parametrize("place", ["reglages", "conformite"])
def test_no_section_holds_the_window(desk: Desk, place: str) -> None:
    """The first time each is shown: it is made then."""
    desk.window.show_page(place)
    page = desk.window.page(place)
    assert isinstance(page, SectionsPage)
    sections = tuple(page._makers)
    never_frozen({key: page._buttons[key].click for key in sections}, rounds=1, settled=800)


def test_the_unlock_and_the_pages_made_at_rest_hold_nothing(services: Services, theme: Theme) -> None:
    made: list[Desk] = []

    def open_desk() -> None:
        made.append(Desk(services, tasks))
        made[0].show()

    tasks = TaskRunner()
    try:
        never_frozen({"unlock, and pages made at rest": open_desk}, rounds=1, settled=AHEAD)
        assert not made[0].window.make_ahead()  # all were
    finally:
        made[0].close()
        tasks.close()


def test_a_letter_typed_shows_its_rows(desk: Desk) -> None:
    """From the key to the rows drawn; what is found alone is measured beside the index."""
    times = type_letters(desk, ("bernard", "thomas petit", "durand", "le garnier", "2024-0310"))
    within("letter typed, rows drawn, 95 of 100", slow(times), 0.016)


def test_a_change_of_theme(desk: Desk, theme: Theme) -> None:
    QTest.qWait(AHEAD)
    for key in ("saisines", "dossiers", "fiches", "annuaire", "agenda", "reglages", "aujourdhui"):
        desk.window.show_page(key)
        QApplication.processEvents()
    choices = cycle(("sombre", "clair"))
    never_frozen({"change of theme, every page made": lambda: theme.choose(next(choices))}, 4, 2000)
