"""The cards of a structure: how to reach it, the people met there, its territory, what was done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from iscg_desktop.domain.contact_partenaire import Contact
from iscg_desktop.domain.dates import format_date, format_date_courte
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.messages import explained
from iscg_desktop.services.services import Services
from iscg_desktop.services.territoires import Zone
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.delete_button import DeleteButton
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.line import Line

_SHOWN = 8
"""Contacts and orientations shown; their number is said."""
_ZONES = 40
"""Zones named; a territory of more says how many there are."""
_ICONS = {
    "telephone": "phone",
    "courriel": "mail",
    "courrier": "mail",
    "rencontre": "users",
    "visioconference": "users",
}


class StructureCard(Card):
    """Where it is and how to reach it."""

    def __init__(self, structure: Partenaire) -> None:
        super().__init__(self.tr("Coordonnées"))
        if structure.ferme_le is not None:
            words = self.tr("Fermée depuis le {date}\u00a0: elle n’est plus proposée.")
            day = format_date_courte(structure.ferme_le)
            self.add(InlineMessage("warn", words.replace("{date}", day), dismissible=False))
        for icon, text in (
            ("map-pin", structure.adresse_postale),
            ("phone", structure.telephone),
            ("mail", structure.courriel),
            ("clock", structure.horaires),
        ):
            if text:
                self.add(Line(text, icon=icon))
        if structure.accueille:
            self.add(Heading(self.tr("Ce qu’ils accueillent")))
            self.add(Text(structure.accueille))
        if not any((structure.adresse_postale, structure.telephone, structure.courriel)):
            self.add(Quiet(self.tr("Ni adresse ni téléphone. «\u00a0Modifier\u00a0» les ajoute.")))


class CorrespondantsCard(Card):
    """The people met there."""

    def __init__(self, structure: Partenaire, *, discreet: bool) -> None:
        super().__init__(self.tr("Correspondants"))
        if not structure.correspondants:
            self.add(Quiet(self.tr("Personne n’est noté encore.")))
        elif discreet:
            self.add(Quiet(self.tr("Noms masqués (F9)")))
        else:
            for each in structure.correspondants:
                words = " · ".join(filter(None, (each.fonction, each.telephone, each.courriel)))
                self.add(Line(each.nom, words, icon="user"))


class TerritoireCard(Card):
    """The communes it serves, in few words."""

    def __init__(self, zones: Sequence[Zone], communes: int) -> None:
        super().__init__(self.tr("Territoire"))
        if not communes:
            self.add(Quiet(self.tr("Aucune commune notée\u00a0: la structure est proposée en dernier.")))
            return
        told = ", ".join(zone.libelle for zone in zones[:_ZONES])
        self.add(Text(told + ("…" if len(zones) > _ZONES else "")))
        if communes > 1:
            self.add(Quiet(self.tr("{nombre} communes").replace("{nombre}", str(communes))))


class FermetureCard(Card):
    """Closes a structure on a day, opens it again, or takes away one entered by mistake.

    Signals:
        closed: Carries the day.
        reopened: She wants it open again.
        deleted: She wants it away.
    """

    closed = Signal(object)
    reopened = Signal()
    deleted = Signal()

    def __init__(self, structure: Partenaire, today: Callable[[], date], *, may_delete: bool) -> None:
        super().__init__(self.tr("Fermeture"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self._day = DateEdit(today)
        if structure.ferme_le is None:
            self._field = Field(self.tr("Fermée à partir &du"), self._day)
            self._day.set_value(today())
            self._act = Button(self.tr("&Fermer la structure"))
            self._act.clicked.connect(self._on_close_clicked)
            self.add(self._field)
        else:
            self._act = Button(self.tr("&Rouvrir la structure"))
            self._act.clicked.connect(self.reopened)
        row.addWidget(self._act)
        if may_delete:
            delete = DeleteButton(self.tr("&Supprimer"))
            delete.confirmed.connect(self.deleted)
            row.addWidget(delete)
        row.addStretch()
        self.add(row)
        if not may_delete:
            self.add(
                Quiet(
                    self.tr("Elle figure dans vos dossiers ou vos contacts\u00a0: elle ne se supprime pas.")
                )
            )

    def take_focus(self) -> None:
        """Bring the keyboard to its button: what closes may be opened again at once."""
        self.show()
        self._act.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_close_clicked(self) -> None:
        if not settle_all((self._field,)):
            return
        if self._day.value() is None:
            self._field.set_error(
                explained(
                    self.tr("Indiquez le premier jour où elle ne reçoit plus."), "annuaire#vos-structures"
                )
            )
        else:
            self.closed.emit(self._day.value())


class ContactsCard(Card):
    """The last contacts; in discreet mode how many there are.

    Signals:
        contact_opened: Id of a contact to amend.
    """

    contact_opened = Signal(int)

    def __init__(self, services: Services, partenaire_id: int, *, discreet: bool) -> None:
        super().__init__(self.tr("Derniers contacts"))
        self._services = services
        contacts = services.contacts.of_partenaire(partenaire_id)
        if not contacts:
            self.add(Quiet(self.tr("Aucun contact noté. Ctrl+Maj+C en note un.")))
            return
        self.add(Quiet(self.tr("%n contact(s) noté(s)", "", len(contacts))))
        for contact in () if discreet else contacts[:_SHOWN]:
            self.add(self._line(contact))

    def _line(self, contact: Contact) -> Line:
        listes = self._services.listes
        words = [
            self.tr("reçu") if contact.sens == "recu" else self.tr("passé"),
            listes.libelle("canal_contact", contact.canal).lower(),
            contact.dossier,
            contact.note,
        ]
        label = f"{format_date_courte(contact.date)} · {listes.libelle('objet_contact', contact.objet)}"
        icon = _ICONS.get(contact.canal, "phone")
        line = Line(label, " · ".join(filter(None, words)), icon=icon, clickable=True)
        line.activated.connect(lambda: self.contact_opened.emit(contact.id))
        return line


class OrientationsCard(Card):
    """The last orientations; in discreet mode how many there are.

    Signals:
        suite_requested: Id of an orientation whose suite is to be noted.
    """

    suite_requested = Signal(int)

    def __init__(self, services: Services, partenaire_id: int, *, discreet: bool) -> None:
        super().__init__(self.tr("Dernières orientations"))
        self._services = services
        orientations = services.annuaire.orientations(partenaire_id)
        if not orientations:
            self.add(Quiet(self.tr("Aucune orientation vers cette structure.")))
            return
        self.add(Quiet(self.tr("%n orientation(s)", "", len(orientations))))
        for orientation in () if discreet else orientations[:_SHOWN]:
            self.add(self._line(orientation))

    def _line(self, orientation: Orientation) -> Line:
        suite = self._services.listes.libelle("suite", orientation.suite)
        chip = Chip("accent" if suite else "warn", suite or self.tr("suite à noter"))
        line = Line(
            format_date(orientation.date),
            orientation.motif,
            chip=chip,
            icon="send",
            clickable=True,
        )
        line.activated.connect(lambda: self.suite_requested.emit(orientation.id))
        return line
