"""The register of what persons ask about their data: a month to answer, and what was answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.droits import Droit, Reponse
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import explained
from iscg_desktop.services.droits import LigneDemande
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.conformite_words import droit_words, reponse_words
from iscg_desktop.ui.forms.page_drafts import PageDrafts
from iscg_desktop.ui.forms.personne_field import PersonneField
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.list_card import ListCard

translate = QCoreApplication.translate
_SOON = 7  # days


class DroitsSection(Section):
    """Notes a request, and what was answered.

    Signals:
        personne_requested: Id of who asked.
    """

    personne_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Droits", "Demandes des personnes"),
            translate("Droits", "La réponse est due sous un mois, gratuitement."),
        )
        self._discreet = False
        today = services.clock.today
        self.noting = ShortForm(
            {
                "personne": Field(
                    self.tr("&Personne"),
                    PersonneField(services.personnes.search, services.personnes.identite),
                ),
                "droit": Field(
                    self.tr("&Demande"), ChoiceRow([Choice(each, droit_words(each)) for each in Droit])
                ),
                "recue_le": Field(self.tr("&Reçue le"), DateEdit(today)),
                "note": Field(self.tr("&Note"), LineEdit(), hint=self.tr("Comment elle est venue, par qui.")),
            },
            self.tr("N&oter la demande"),
        )
        self.answering = ShortForm(
            {
                "repondue_le": Field(self.tr("Répondue &le"), DateEdit(today)),
                "reponse": Field(
                    self.tr("Répo&nse"), ChoiceRow([Choice(each, reponse_words(each)) for each in Reponse])
                ),
                "note": Field(
                    self.tr("&Motif"), LineEdit(), hint=self.tr("Nécessaire si tout n’est pas accordé.")
                ),
            },
            self.tr("&Enregistrer la réponse"),
        )
        self.drafts = PageDrafts(services, "conformite:droits", self)
        self.drafts.watch("demande", self.noting)
        self.drafts.watch("reponse", self.answering)
        self.noting.submitted.connect(self._on_noting_submitted)
        self.answering.submitted.connect(self._on_answering_submitted)
        self.add_button = self.head.set_primary(self.tr("Nou&velle demande"), icon="plus")
        self.add_button.clicked.connect(self._on_add_clicked)
        self.register = ListCard(
            self.tr("Registre"), self.tr("Aucune demande n’est venue."), icon="inbox", shown=20
        )
        self.register.body.insertWidget(0, self.noting)
        self.register.body.insertWidget(1, self.answering)
        self.add(self.register)
        self.body.addStretch()

    def reload(self) -> None:
        lines = self._services.droits.demandes()
        self.register.show_rows(((None, self._row(each)) for each in lines), len(lines))

    def resume(self, cle: str) -> None:
        _, _, name, *demande = cle.split(":")
        if name == "demande":
            self._on_add_clicked()
        else:
            self._answer(int(demande[0]))

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self._discreet = discreet
        self.noting.set_discreet(discreet)
        self.answering.set_discreet(discreet)
        self.noting.fields["personne"].widget.set_discreet(discreet)
        self.reload()

    def _row(self, each: LigneDemande) -> QWidget:
        demande = each.demande
        who = each.initiales if self._discreet else each.nom or self.tr("personne effacée")
        parts = [self.tr("reçue le {0}").format(format_date_courte(demande.recue_le))]
        if demande.reponse is not None and demande.repondue_le is not None:
            words = self.tr("{0} le {1}")
            parts.append(
                words.format(reponse_words(demande.reponse), format_date_courte(demande.repondue_le))
            )
        if demande.levee_le is not None:
            parts.append(self.tr("levée le {0}").format(format_date_courte(demande.levee_le)))
        if demande.note and not self._discreet:
            parts.append(demande.note)
        line = Line(
            f"{droit_words(demande.droit)} · {who}",
            " · ".join(parts),
            chip=self._chip(each),
            icon="inbox",
            clickable=demande.personne_id is not None,
        )
        if demande.personne_id is not None:
            line.activated.connect(partial(self.personne_requested.emit, demande.personne_id))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(line, 1)
        for words, act in self._acts(each):
            button = Button(words, kind="quiet")
            button.clicked.connect(act)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _acts(self, each: LigneDemande) -> list[tuple[str, object]]:
        demande = each.demande
        if demande.repondue_le is None:
            acts: list[tuple[str, object]] = [(self.tr("Répondue…"), partial(self._answer, demande.id))]
            if not demande.prolongee and each.jours is not None and each.jours >= 0:
                acts.append((self.tr("Prolonger à trois mois"), partial(self._prolong, demande.id)))
            return acts
        return [(self.tr("Lever"), partial(self._lift, demande.id))] if demande.holds() else []

    def _chip(self, each: LigneDemande) -> Chip | None:
        if each.jours is None:
            return Chip("warn", self.tr("en vigueur")) if each.demande.holds() else None
        if each.jours < 0:
            return Chip("alert", self.tr("en retard de %n jour(s)", "", -each.jours))
        return Chip(
            "warn" if each.jours <= _SOON else "accent", self.tr("%n jour(s) pour répondre", "", each.jours)
        )

    def _answer(self, demande_id: int) -> None:
        self._put_away()
        self.answering.open(demande_id, {"repondue_le": self._services.clock.today()})

    def _put_away(self) -> None:
        """Close both forms; what is half-typed stays a draft."""
        assert self.drafts is not None
        self.drafts.leave()
        for form in (self.noting, self.answering):
            form.done()

    def _prolong(self, demande_id: int) -> None:
        self.do(
            partial(self._services.droits.prolonger, demande_id),
            self.tr("Le terme est porté à trois mois. La personne doit en être prévenue."),
        )

    def _lift(self, demande_id: int) -> None:
        self.do(partial(self._services.droits.lever, demande_id), self.tr("C’est levé."))

    @Slot()
    def _on_add_clicked(self) -> None:
        self._put_away()
        self.noting.open(None, {"recue_le": self._services.clock.today()})

    @Slot(object)
    def _on_noting_submitted(self, values: dict[str, Any]) -> None:
        if not values["personne"]:
            self.noting.fields["personne"].set_error(
                explained(self.tr("Choisissez la personne."), "conformite#une-personne-demande")
            )
            return
        droit = Droit(str(values["droit"])) if values["droit"] else None
        try:
            _, changes = self._services.droits.noter(
                int(str(values["personne"])),
                droit,
                values["recue_le"],
                str(values["note"] or ""),
            )
        except InvalidInput as error:
            self.noting.refuse(error.problems)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.noting.done()
            self._hub.announce(changes)
            self.message.show_message("good", self.tr("La demande est notée."))
            self.reload()

    @Slot(object)
    def _on_answering_submitted(self, values: dict[str, Any]) -> None:
        reponse = Reponse(str(values["reponse"])) if values["reponse"] else None
        try:
            changes = self._services.droits.repondre(
                self.answering.subject,
                values["repondue_le"],
                reponse,
                str(values["note"] or ""),
            )
        except InvalidInput as error:
            self.answering.refuse(error.problems)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.answering.done()
            self._hub.announce(changes)
            self.message.show_message("good", self.tr("La réponse est notée."))
            self.reload()
