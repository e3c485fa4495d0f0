"""A coffre in which every name and every word typed is a canary, and the eyes that look for one in the windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from iscg_desktop.domain import droits
from iscg_desktop.domain.agenda import RendezVousDraft
from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.document import Concerne, DocumentContent, Fait, Responsable, Source
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.fiche_sections import Canal, Reponse, Urgence
from iscg_desktop.domain.liste_dossiers import Filtre, Vue
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.orientation import OrientationDraft, SuiteDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.domain.saisine import SaisineDraft, TentativeDraft
from iscg_desktop.services.services import Services
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview
from iscg_desktop.ui.widgets.picture_preview import PicturePreview
from iscg_desktop.ui.widgets.text_area import TextArea
from tests.attente import wait_for
from tests.vie import TODAY, draft, open_services, victime

CANARY = "canari"
NUMBERS = ("98765432", "98765433", "98765434", "98765435")
"""Figures of the telephones and of the safe ones."""


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def sings(text: str) -> bool:
    """Whether a canary is heard in a text."""
    plain = text.casefold().replace("\u200b", "")
    figures = "".join(each for each in plain if each.isdigit())
    return CANARY in plain or any(number in figures for number in NUMBERS)


@dataclass(frozen=True)
class Places:
    """Where in the coffre each thing is."""

    dossier: int
    entretien: int
    personnes: tuple[int, ...]
    orientation: int
    fiche: int
    document: int
    contact: int
    tournee: int
    saisine: int


def elle(mark: str, **changes: object) -> Identite:
    """Somebody all of whose words are canaries."""
    whole = Identite(
        nom_naissance=f"Canarinom{mark}", nom_usage=f"Canariusage{mark}", prenom=f"Canariprenom{mark}",
        surnom=f"Canarisurnom{mark}", description=f"canaridescription{mark}", sexe="femme",
        adresse=f"3 impasse Canarivoie{mark}", commune="35253", telephone="06 98 76 54 32",
        courriel=f"canari{mark}@exemple.fr", contact_sur="06 98 76 54 33",
        contact_sur_horaires=f"canarihoraires{mark}", sans_message=True, vit_avec=f"canaritoit{mark}",
        naissance=victime().identite.naissance, informee_le=TODAY,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def open_desk(qtbot: QtBot, folder: Path) -> tuple[Desk, TaskRunner, Places]:
    """The desk over such a coffre, once the day's page is there; both are closed by the test."""
    services, _ = open_services(folder)
    places = fill(services, folder)
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    wait_for(lambda: desk.window.current_page() is not None)
    return desk, tasks, places


def fill(services: Services, folder: Path) -> Places:
    """Put a canary in every place where a word is typed."""
    lui = elle("lui", sexe="homme", telephone="06 98 76 54 34", contact_sur="06 98 76 54 35", naissance=None)
    whole = draft(
        personnes=(
            replace(victime(), identite=elle("elle")),
            PersonneDraft(identite=lui, profil=Profil(statut="mis_en_cause"), presente=False, accord="non"),
        ),
        orientations=(OrientationDraft(0, "service_social_secteur", 1, "oui", "canarimotif"),),
        elements_transmissibles="Elle, canarirecit.",
        notes_de_travail="canarinotes",
        saisine=_saisine("dossier"),
    )
    recorded = services.entretiens.record(whole)
    dossier, entretien = recorded.dossier_id, recorded.entretien_id
    services.entretiens.amend(
        entretien,
        replace(services.entretiens.draft_of(entretien), notes_de_travail="canarinotes, puis encore"),
    )
    second = services.entretiens.record(
        draft(personnes=(replace(victime(), identite=elle("elle", surnom="Canaridouble")),),
              notes_de_travail="canarijete", orientations=(), saisine=None)
    )  # fmt: skip
    services.corbeille.put(second.entretien_id)
    services.entretiens.record(
        draft(
            personnes=(replace(victime(), identite=elle("elle", adresse="")),), orientations=(), saisine=None
        )
    )
    orientation = recorded.orientation_ids[0]
    content = services.fiches.prepare(orientation)
    told = replace(content.information, comment="canarioral", portee="canariportee")
    content = replace(content, information=told)
    fiche = services.fiches.issue(orientation, content).fiche_id
    services.orientations.add_suite(
        orientation, SuiteDraft("rdv_fixe", TODAY, "canarisuite", TODAY, "canarireferent")
    )
    services.orientations.add(
        dossier, recorded.personne_ids[0], OrientationDraft(0, "ccas", None, "oui", "canariautre")
    )
    services.personnes.link(recorded.personne_ids[0], recorded.personne_ids[1], "conjoint")
    tournee, _ = services.tournees.create(TODAY, [fiche])
    contact, _ = services.contacts.record(ContactDraft(1, TODAY, dossier_id=dossier, note="canaricontact"))
    services.referent.add(dossier, "canaripoint")
    services.journee.add_relance(TODAY, "canarirelance", dossier)
    soon = TODAY + timedelta(days=1)
    for day in (TODAY, soon):
        services.agenda.add_rendez_vous(
            RendezVousDraft(day, time(10), objet="canariobjet", dossier_id=dossier,
                            personne_id=recorded.personne_ids[0])
        )  # fmt: skip
    saisine, _ = services.saisines.record(_saisine("attente"))
    services.saisines.add_tentative(saisine, TentativeDraft(TODAY, time(9), "injoignable", "canariappel"))
    (folder / "canaripiece.pdf").write_bytes(services.fiches.pdf(fiche))
    services.pieces_jointes.add(folder / "canaripiece.pdf", dossier, entretien)
    services.droits.noter(recorded.personne_ids[0], droits.Droit.ACCES, TODAY, "canaridemande")
    for who, droit in zip(
        recorded.personne_ids, (droits.Droit.OPPOSITION, droits.Droit.LIMITATION), strict=True
    ):
        asked, _ = services.droits.noter(who, droit, TODAY, "canarioppose")
        services.droits.repondre(asked, TODAY, droits.Reponse.SATISFAITE, "canarireponse")
    services.liste_dossiers.keep_vue(Vue("canarivue", Filtre()))
    services.documents.protect_child(dossier)
    issued = services.documents.issue(dossier, None, _document(services, dossier))
    services.dossiers.close(dossier, "canaricloture")
    services.dossiers.reopen(dossier, "canarireouverture")
    return Places(dossier, entretien, recorded.personne_ids, orientation, fiche, issued.document_id, contact,
                  tournee, saisine)  # fmt: skip


def _saisine(mark: str) -> SaisineDraft:
    return SaisineDraft(
        TODAY, origine="gendarmerie", support="intervention", urgence="sous_48h", unite_id=1,
        demandeur=f"canaridemandeur{mark}", motif=f"canarimotif{mark} Canarinomelle", telephone="06 98 76 54 32",
        contact_sur="06 98 76 54 33", sans_message=True,
    )  # fmt: skip


def _document(services: Services, dossier: int) -> DocumentContent:
    content = services.documents.prepare(dossier, TypeDocument.INFORMATION_PREOCCUPANTE)
    return replace(
        content,
        destinataire=replace(content.destinataire, service="CRIP", canal=Canal.MAIN_PROPRE),
        urgence=Urgence.IMMEDIATE,
        concernes=(Concerne(prenom="Canarienfant", nom="Canarinom", ecole="canariecole"),),
        responsables=(Responsable(prenom="Canariparent", nom="Canarinom"),),
        faits=(Fait(quand="hier", source=Source.VU, texte="canarifait"),),
        danger="canaridanger",
        demande="canaridemande",
        informes=Reponse.NON,
        informes_motif="canariinteret",
        base=content.fondements[0],
    )


def songs() -> list[str]:
    """Where in the windows on the screen a canary is heard."""
    QApplication.processEvents()
    clipboard = QGuiApplication.clipboard().text()
    found = [f"clipboard: {clipboard}"] if sings(clipboard) else []
    for window in QApplication.topLevelWidgets():
        for widget in _seen(window):
            found += [f"{_place(widget)}: {text}" for text in texts_of(widget) if sings(text)]
    return found


def _seen(widget: QWidget) -> Iterator[QWidget]:
    """What is on the screen of a widget, itself first."""
    if widget.isVisible():
        yield widget
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from _seen(child)


def uncovered() -> list[str]:
    """Pages of documents and pictures on the screen that nothing covers."""
    QApplication.processEvents()
    return [
        _place(each)
        for window in QApplication.topLevelWidgets()
        for each in _seen(window)
        if isinstance(each, PdfPreview | PicturePreview) and not each._covered
    ]


def texts_of(widget: QWidget) -> Iterator[str]:
    """All that a widget says, to the eyes and to what reads aloud."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.whatsThis(), widget.statusTip())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QLineEdit):
        yield from (widget.displayText(), widget.placeholderText())
    elif isinstance(widget, TextArea):
        yield widget.placeholderText()
        if not widget._discreet:
            yield widget.toPlainText()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(rank) for rank in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        columns = 1 if isinstance(widget, QListView) else model.columnCount()
        for row in range(min(model.rowCount(), 50)):
            for column in range(columns):
                index = model.index(row, column)
                for role in _ROLES:
                    yield str(index.data(role) or "")


def _place(widget: QWidget) -> str:
    names = []
    each: QWidget | None = widget
    while each is not None:
        names.append(type(each).__name__)
        each = each.parentWidget()
    return " < ".join(names[:5])
