"""Every key and every colour of the page of the entretien."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from tests.ui.pages.entretien.desk import CTRL_SHIFT, KEY, Desk
from tests.vie import draft


def test_each_mnemonic_belongs_to_one_thing(desk: Desk) -> None:
    dossier = desk.services.entretiens.record(draft()).dossier_id
    for begin in (desk.page.start, lambda: desk.page.start(dossier)):
        begin()
        desk.form.add_orientation()
        words = [
            w.text() for kind in (QLabel, QPushButton) for w in desk.page.findChildren(kind) if w.isVisible()
        ]
        letters = [text.replace("&&", "")[text.index("&") + 1].lower() for text in words if "&" in text]
        assert sorted(letters) == sorted(set(letters))


def test_tab_follows_the_page_from_top_to_bottom(desk: Desk) -> None:
    """Also through what was made late: a second person, an orientation, a new partner."""
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_P, CTRL_SHIFT)
    desk.press(KEY.Key_O, CTRL_SHIFT)
    desk.form.orientations.lines[0].form.open_partner()
    desk.form.enter("saisine.date")
    order = ["saisine.date"]
    for _ in range(120):
        desk.press(KEY.Key_Tab)
        name = desk.focused()
        if name is not None and name != order[-1]:
            order.append(name)
        if name == "orientations.0.partenaire.ville":
            break
    shown = [
        name for name, field in desk.form.fields().items()
        if field.isVisible() and field.widget.isEnabled()
    ]  # fmt: skip
    assert order == shown


def test_the_focused_field_is_in_sight(desk: Desk) -> None:
    desk.page.start()
    area = desk.page.findChild(QScrollArea)
    for name in ("notes_de_travail", "saisine.origine", "personnes.0.suivi_en_cours"):
        widget = desk.go(name)
        top = widget.mapTo(area.viewport(), widget.rect().topLeft()).y()
        assert 0 <= top <= area.viewport().height() - 34, name
    desk.press(KEY.Key_O, CTRL_SHIFT)
    desk.press_button(KEY.Key_U, lambda: desk.form.orientations.lines[0].form.partner)
    widget = QApplication.focusWidget()
    assert 0 <= widget.mapTo(area.viewport(), widget.rect().topLeft()).y() <= area.viewport().height() - 34


def test_f9_blanks_the_names(desk: Desk) -> None:
    dossier = desk.services.entretiens.record(draft()).dossier_id
    desk.page.start(dossier)
    desk.page.set_discreet(True)
    assert desk.form.personnes.lines[0].title() == "A. L."
    name = desk.form.fields()["personnes.0.nom_usage"].widget
    assert "Lœil" not in name.displayText()
    desk.page.set_discreet(False)
    assert desk.form.personnes.lines[0].title() == "LŒIL Anaïs"
    assert name.displayText() == "Lœil"


def test_f9_blanks_every_word_typed(desk: Desk) -> None:
    desk.page.start()
    typed = {
        "saisine.demandeur": "Secret", "saisine.motif": "Secret", "personnes.0.surnom": "Secret",
        "personnes.0.adresse": "Secret", "personnes.0.contact_sur": "Secret", "personnes.0.vit_avec": "Secret",
    }  # fmt: skip
    desk.press(KEY.Key_O, CTRL_SHIFT)
    for name, words in (typed | {"orientations.0.motif": "Secret"}).items():
        desk.go(name).set_value(words)
    pictures = []
    for words in ("Secret", "Tout autre chose, et bien plus long"):
        shown = [desk.go(name) for name in ("elements_transmissibles", "notes_de_travail")]
        for area in shown:
            area.set_value(words)
        desk.page.set_discreet(True)
        pictures.append([area.viewport().grab().toImage() for area in shown])
        desk.page.set_discreet(False)
    assert pictures[0] == pictures[1], "the picture does not depend on what is written"
    desk.page.set_discreet(True)
    fields = desk.form.fields()
    assert all("Secret" not in fields[n].widget.displayText() for n in (*typed, "orientations.0.motif"))
    desk.press(KEY.Key_P, CTRL_SHIFT)
    desk.go("personnes.1.surnom").set_value("Secret")
    assert "Secret" not in fields["personnes.0.surnom"].widget.displayText()
    assert "Secret" not in desk.form.fields()["personnes.1.surnom"].widget.displayText(), "a line made later"
    desk.page.set_discreet(False)
    assert fields["personnes.0.surnom"].widget.displayText() == "Secret"


def test_f9_blanks_who_was_just_taken_away(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.nom_usage", "Rouzic")
    desk.form.personnes.lines[0].header.setFocus()
    desk.press(KEY.Key_Delete)
    assert desk.says("ROUZIC")
    desk.page.set_discreet(True)
    assert not desk.says("ROUZIC")


@pytest.mark.parametrize("scheme", ["clair", "sombre"])
def test_the_page_is_drawn_in_both_schemes(desk: Desk, theme, scheme: str) -> None:
    theme.choose(scheme)
    desk.page.start()
    picture = desk.page.grab().toImage()
    ground = picture.pixelColor(4, picture.height() // 2).lightness()
    assert (ground < 128) == (scheme == "sombre")
    line = desk.form.personnes.lines[0]
    corner = line.header.mapTo(desk.page, line.header.rect().topLeft())
    card = picture.pixelColor(
        corner.x() + line.header.width() // 2, min(corner.y() + 2, picture.height() - 80)
    )
    assert (card.lightness() < 128) == (scheme == "sombre")


def test_another_page_that_changes_the_annuaire_is_heard(desk: Desk) -> None:
    from iscg_desktop.domain.partenaire import PartenaireDraft

    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_O, CTRL_SHIFT)
    _, changes = desk.services.orientations.add_partenaire(PartenaireDraft("Nouvelle association", "cidff"))
    desk.hub.announce(changes)
    desk.answer("orientations.0.partenaire_id", "nouvelle")
    assert desk.form.fields()["orientations.0.type"].widget.value() == "cidff", "its type is taken with it"
