"""The forms of the entretien one by one: what they give, what they keep of half a word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.forms.entretien_form import EntretienForm
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.forms.orientation_form import OrientationForm
from iscg_desktop.ui.forms.partenaire_form import PartenaireForm
from iscg_desktop.ui.forms.personne_form import PersonneForm
from iscg_desktop.ui.forms.personne_line import PersonneLine
from iscg_desktop.ui.forms.personne_values import values_of
from iscg_desktop.ui.forms.saisine_form import SaisineForm
from iscg_desktop.ui.forms.seance_form import SeanceForm
from tests.vie import TODAY, open_services, victime

Show = Callable[..., QWidget]


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


@pytest.fixture
def services(coffre: tuple[Services, Session]) -> Services:
    return coffre[0]


def _today() -> object:
    return TODAY


def _through_a_draft(form: Form, other: Form) -> None:
    other.restore(json.loads(json.dumps(form.state())))


def test_a_form_keeps_values_and_half_typed_words(services: Services, shown: Show, qtbot: QtBot) -> None:
    form, other = (SeanceForm(services.listes, services.journee, _today) for _ in range(2))
    shown(form, width=1000)
    form.prefill()
    qtbot.keyClicks(form.fields["heure"].widget, "9h")
    qtbot.keyClicks(form.fields["mode"].widget, "présentiel".encode("ascii", "ignore").decode())
    form.put("duree", 0)
    _through_a_draft(form, other)
    assert other.state() == form.state()
    assert other.fields["heure"].widget.text() == "9h"
    assert other.value("duree") == 0
    assert other.value("date") == TODAY
    assert other.read()["issue"] == "realise"


def test_a_field_the_form_no_longer_has_is_passed_over(services: Services, qapp: QApplication) -> None:
    form = SaisineForm(services.listes, services.journee, _today)
    form.restore({"motif": {"v": "Dispute"}, "disparu": {"v": 1}})
    assert form.value("motif") == "Dispute"


def test_a_value_offered_no_more_keeps_its_label(
    coffre: tuple[Services, Session], qapp: QApplication
) -> None:
    services, session = coffre
    session.vault.execute("UPDATE nomenclatures SET active = 0 WHERE liste = 'logement' AND code = 'hotel'")
    session.vault.execute("UPDATE nomenclatures SET active = 0 WHERE liste = 'sexe' AND code = 'autre'")
    session._nomenclatures = None
    person = PersonneDraft(7, Identite(sexe="autre"), Profil(logement="hotel"))
    line = PersonneLine(services.listes, _today, "1")
    line.make()
    line.know(person)
    assert line.form is not None
    assert line.form.fields["logement"].widget.text() == "Hôtel"
    assert line.draft() == person, "a button is made for an answer no longer offered"
    new = PersonneForm(services.listes, _today, values_of(PersonneDraft()))
    assert not new.can_show(values_of(person))


def test_the_fields_are_named_like_the_drafts_they_make(services: Services, qapp: QApplication) -> None:
    names = {
        kind: {item.name for item in fields(kind)}
        for kind in (SaisineDraft, OrientationDraft, PartenaireDraft)
    }
    saisine = SaisineForm(services.listes, services.journee, _today)
    assert set(saisine.fields) <= names[SaisineDraft]
    assert set(OrientationForm(services.listes).fields) == names[OrientationDraft] - {"id"}  # not typed
    assert set(PartenaireForm(services.listes).fields) <= names[PartenaireDraft]
    form = EntretienForm(services)
    for _ in form.steps:
        pass
    form.begin(None, None)
    parts = {"personnes", "orientations", "saisine"}
    flat = {name for name in form.fields() if name.partition(".")[0] not in parts}
    assert flat <= {item.name for item in fields(EntretienDraft)}


def test_the_saisine_follows_an_entretien_of_the_day_before(
    services: Services, shown: Show, qtbot: QtBot
) -> None:
    form = EntretienForm(services)
    for _ in form.steps:
        pass
    form.begin(None, None)
    shown(form, width=1000, height=700)
    date_field = form.fields()["date"].widget
    date_field.setFocus()
    date_field.selectAll()
    qtbot.keyClicks(date_field, "-1")
    qtbot.keyClick(date_field, Qt.Key.Key_Tab)
    saisine = form.read().saisine
    assert saisine is not None
    assert saisine.date == form.read().date != TODAY


def test_without_a_permanence_the_unite_is_said_once(services: Services, shown: Show, qtbot: QtBot) -> None:
    form = EntretienForm(services)
    for _ in form.steps:
        pass
    form.begin(None, None)
    shown(form, width=1000, height=700)
    unite = form.fields()["saisine.unite_id"].widget
    unite.setFocus()
    qtbot.keyClicks(unite, "vall")
    qtbot.keyClick(unite, Qt.Key.Key_Tab)
    draft = form.read()
    assert draft.saisine is not None
    assert draft.saisine.unite_id == draft.unite_id == 2


def test_a_partner_is_asked_for_only_where_there_is_one(services: Services, shown: Show) -> None:
    form = SeanceForm(services.listes, services.journee, _today)
    shown(form, width=1000)
    form.prefill()
    form.offer_partners(services.orientations.partenaires())
    assert not form.fields["partenaire_id"].isVisible()
    form.put("mode", "conjoint")
    form.put("partenaire_id", "1")
    assert form.fields["partenaire_id"].isVisible()
    assert form.read()["partenaire_id"] == 1
    form.put("mode", "telephone")
    assert form.read()["partenaire_id"] is None


def test_a_line_is_light_until_it_is_opened(services: Services, qapp: QApplication) -> None:
    line = PersonneLine(services.listes, _today, "1")
    line.know(replace(victime(), personne_id=7))
    assert line.form is None
    assert line.title() == "LŒIL Anaïs"
    folded = line.state()
    line.make()
    assert {**line.state(), "champs": None} == {**folded, "champs": None}
    assert line.draft() == replace(victime(), personne_id=7)


def test_the_partners_of_the_type_come_first(services: Services, shown: Show, qtbot: QtBot) -> None:
    for name, kind in (("A Association", "cidff"), ("B Bailleur", "bailleur")):
        services.orientations.add_partenaire(PartenaireDraft(name, kind))
    form = OrientationForm(services.listes)
    shown(form, width=1000)
    form.offer_partners(services.orientations.partenaires())
    form.fields["type"].widget.setFocus()
    qtbot.keyClicks(form.fields["type"].widget, "bailleur")
    qtbot.keyClick(form.fields["type"].widget, Qt.Key.Key_Tab)
    qtbot.keyClick(form.fields["partenaire_id"].widget, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(form.fields["partenaire_id"].widget, Qt.Key.Key_Return)
    assert form.fields["partenaire_id"].widget.text() == "B Bailleur"
