"""The look of the documents in Réglages: drawn as it is typed, kept, refused in words, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.ui.pages.reglages.documents import DocumentsSection
from iscg_desktop.ui.tasks import TaskRunner
from tests.services.test_documents import picture
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre, opened
from tests.vie import open_services


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path)
    tasks = TaskRunner()
    with opened(
        Pupitre(services, session, qtbot, lambda services, hub: DocumentsSection(services, hub, tasks))
    ) as pupitre:
        _section(pupitre).reload()
        pupitre.show()
        yield pupitre
    tasks.close()


def _section(desk: Pupitre) -> DocumentsSection:
    assert isinstance(desk.page, DocumentsSection)
    return desk.page


def test_no_two_things_answer_the_same_letter(desk: Pupitre) -> None:
    assert [letter for letter, count in desk.mnemonics().items() if count > 1] == []


def test_the_look_of_the_documents_is_drawn_kept_and_taken_back(desk: Pupitre, tmp_path: Path) -> None:
    section = _section(desk)
    form, service = section.form, desk.services.mise_en_page
    desk.qtbot.waitUntil(lambda: form.preview.pages > 0)
    before = form.preview.grab().toImage()
    wrong = tmp_path / "logo.png"
    wrong.write_bytes(b"GIF89a")
    form.take_logo(wrong)
    assert desk.says("n’est pas une image PNG ou JPEG")
    wrong.write_bytes(picture(300, 100))
    form.take_logo(wrong)
    desk.alt(KEY.Key_P)
    desk.write("Un pied de page")
    desk.qtbot.waitUntil(lambda: not form._timer.isActive() and not form._tasks.running)
    assert form.preview.grab().toImage() != before
    state = form.state()
    assert section.keep_now()
    desk.press(KEY.Key_S, CTRL)
    look, logo, _ = service.get()
    assert look.pied == "Un pied de page"
    assert logo is not None
    assert desk.says("Les documents déjà établis ne changent pas.")
    desk.click("Annuler (Ctrl+Z)")
    assert service.get() == (MiseEnPage(), None, "")
    form.restore(state)
    assert (form.value("pied"), form.logo) == ("Un pied de page", logo)


def test_a_look_that_does_not_fit_is_refused_under_its_field(desk: Pupitre) -> None:
    section = _section(desk)
    section.form.put("coordonnees", "ligne\n" * 7)
    desk.press(KEY.Key_S, CTRL)
    assert "trop longues" in section.form.fields["coordonnees"].error()
    section.form.put("coordonnees", "")
    desk.alt(KEY.Key_P)
    desk.write("美")
    assert "美" in section.form.fields["pied"].error()
    assert desk.services.mise_en_page.get() == (MiseEnPage(), None, "")
