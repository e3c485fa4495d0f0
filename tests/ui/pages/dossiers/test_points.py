"""The points for the référent: seen from the list, printed from memory, saved nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.ui.pages.dossiers import points
from iscg_desktop.ui.pages.dossiers.points import PointsPage
from tests.ui.pages.pupitre import KEY, Pupitre, opened
from tests.vie import draft, open_services


class Bureau(Pupitre):
    page: PointsPage

    def prints(self) -> int:
        """Prints noted in the journal."""
        rows = self.session.vault.execute("SELECT * FROM journal WHERE action = 'impression'")
        return len(rows)


@pytest.fixture
def bureau(qtbot: QtBot, tmp_path: Path) -> Iterator[Bureau]:
    services, session = open_services(tmp_path)
    for rank in range(2):
        recorded = services.entretiens.record(draft())
        services.referent.add(recorded.dossier_id, f"Question {rank} sur Anaïs")
    with opened(Bureau(services, session, qtbot, PointsPage)) as found:
        found.show()
        found.page.activated()  # type: ignore[attr-defined]
        yield found  # type: ignore[misc]


def test_what_waits_stands_beside_the_list_and_leads_to_its_dossier(bureau: Bureau) -> None:
    assert bureau.says("Question 0 sur Anaïs")
    assert bureau.page.preview.pages == 1
    asked: list[int] = []
    bureau.page.dossier_requested.connect(asked.append)
    bureau.line("Question 1").activated.emit()
    assert asked == [2]


def test_a_point_is_seen_from_the_list(bureau: Bureau) -> None:
    first = next(each for each in bureau.page.findChildren(QAbstractButton) if each.text() == "Vu")
    first.click()
    bureau.write("Décidé à deux")
    bureau.press(KEY.Key_Return)
    assert not bureau.says("Question 0")
    events = bureau.services.dossiers.reread(1).evenements
    assert ("point_vu", "Décidé à deux") in [(event.kind, event.detail) for event in events]


def test_it_is_printed_from_memory_and_noted_only_when_it_was(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bytes] = []

    def printer(answer: bool) -> None:
        monkeypatch.setattr(points, "print_pdf", lambda _parent, pdf: given.append(pdf) or answer)

    printer(False)
    bureau.page.print_button.click()
    assert bureau.prints() == 0  # she gave up
    printer(True)
    bureau.page.print_button.click()
    assert bureau.prints() == 1
    assert given[1] == bureau.services.referent.liste()
    assert bureau.says("Liste envoyée à l’imprimante")

    def refuse(_parent: QWidget, _pdf: bytes) -> bool:
        raise UserError("impression_impossible")

    monkeypatch.setattr(points, "print_pdf", refuse)
    bureau.page.print_button.click()
    assert bureau.prints() == 1
    assert bureau.says("L’imprimante ne répond pas")


def test_nothing_offers_to_save_it(bureau: Bureau) -> None:
    words = " ".join(each.text().lower() for each in bureau.page.findChildren(QAbstractButton))
    assert "pdf" not in words
    assert "enregistrer sous" not in words
    assert "exporter" not in words


def test_discreet_nothing_names_anyone(bureau: Bureau) -> None:
    bureau.page.set_discreet(True)
    whole = " ".join(bureau.texts()).lower()
    assert "anaïs" not in whole
    assert "lœil" not in whole
    assert bureau.page.preview._covered


def test_an_empty_list_says_the_next_step(bureau: Bureau) -> None:
    for each in bureau.services.referent.waiting():
        bureau.services.referent.see(each.point.id, each.point.pose_le, "")
    bureau.page.activated()
    assert bureau.says("Ils se notent dans la page d’un dossier")
    assert not bureau.page.print_button.isEnabled()
