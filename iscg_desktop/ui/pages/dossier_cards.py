"""The cards beside the timeline of a dossier: a person, an entretien in full, the orientations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from iscg_desktop.domain.dates import format_date, format_duree, format_heure, format_naissance
from iscg_desktop.domain.dossier import PersonneConcernee
from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.line import Line


class PersonneCard(Card):
    """A person of the dossier; how to reach her without danger cannot be missed."""

    def __init__(self, concerned: PersonneConcernee, listes: ListesService, *, discreet: bool) -> None:
        identite = concerned.personne.identite
        super().__init__(identite.initiales if discreet else identite.nom_complet)
        statut = listes.libelle("statut", concerned.statut) if concerned.statut != NON_RENSEIGNE else ""
        born = format_naissance(identite.naissance) if identite.naissance else ""
        self.add(Quiet(" · ".join(part for part in (statut, born) if part) or self.tr("Rien de noté encore")))
        if discreet:
            return
        if identite.contact_sur or identite.sans_message or identite.contact_sur_horaires:
            self.add(InlineMessage("warn", self._safe_contact(concerned), dismissible=False))
        elif identite.telephone:
            self.add(
                InlineMessage(
                    "warn",
                    self.tr("{telephone} : personne n’a dit que ce numéro est sûr.").replace(
                        "{telephone}", identite.telephone
                    ),
                    dismissible=False,
                )
            )
        place = " ".join(part for part in (identite.adresse, listes.commune(identite.commune or "")) if part)
        if place:
            self.add(Line(place, icon="map-pin"))

    def _safe_contact(self, concerned: PersonneConcernee) -> str:
        identite = concerned.personne.identite
        words = (
            [self.tr("Contact sûr : {contact}").replace("{contact}", identite.contact_sur)]
            if identite.contact_sur
            else []
        )
        if identite.contact_sur_horaires:
            words.append(identite.contact_sur_horaires)
        if identite.sans_message:
            words.append(self.tr("Ne pas laisser de message."))
        if identite.vit_avec:
            words.append(self.tr("Vit avec : {qui}").replace("{qui}", identite.vit_avec))
        return "\n".join(words)


class EntretienCard(Card):
    """A recorded entretien, whole; in discreet mode without the words she typed."""

    def __init__(self, entretien: Entretien, listes: ListesService, *, discreet: bool) -> None:
        super().__init__(self.tr("Entretien du {date}").replace("{date}", format_date(entretien.date)))
        when = [
            format_heure(entretien.heure) if entretien.heure else "",
            format_duree(entretien.duree) if entretien.duree is not None else "",
            listes.libelle("mode", entretien.mode) if entretien.mode != NON_RENSEIGNE else "",
            listes.unite(entretien.unite_id),
        ]
        self.add(Quiet(" · ".join(part for part in when if part)))
        codes = (entretien.problematique_principale, *entretien.problematiques)
        self._add_list(self.tr("Problématiques"), [listes.libelle("problematique", code) for code in codes])
        self._add_list(self.tr("Demandes"), [listes.libelle("demande", code) for code in entretien.demandes])
        self._add_list(self.tr("Réponses"), [listes.libelle("reponse", code) for code in entretien.reponses])
        if discreet:
            self.add(Quiet(self.tr("Textes masqués (F9)")))
            return
        self._add_text(self.tr("Éléments transmissibles"), entretien.elements_transmissibles)
        self._add_text(self.tr("Notes de travail (hors fiche)"), entretien.notes_de_travail)

    def _add_list(self, title: str, labels: Sequence[str]) -> None:
        if labels:
            self._add_text(title, ", ".join(labels))

    def _add_text(self, title: str, text: str) -> None:
        if text.strip():
            self.add(Heading(title))
            self.add(Text(text))


class OrientationsCard(Card):
    """Orientations of the dossier; each may become a fiche.

    Signals:
        fiche_requested: Id of the orientation.
    """

    fiche_requested = Signal(int)

    def __init__(
        self,
        orientations: Sequence[Orientation],
        listes: ListesService,
        names: Mapping[int, str],
        *,
        discreet: bool,
    ) -> None:
        super().__init__(self.tr("Orientations"))
        self._discreet = discreet
        if not orientations:
            self.add(Quiet(self.tr("Aucune encore. Une orientation s’ajoute dans l’entretien.")))
        for orientation in orientations:
            self._add(orientation, listes, names)

    def _add(self, orientation: Orientation, listes: ListesService, names: Mapping[int, str]) -> None:
        label = orientation.partenaire or listes.libelle("type_partenaire", orientation.type)
        motif = "" if self._discreet else orientation.motif
        sub = " · ".join(part for part in (names.get(orientation.personne_id, ""), motif) if part)
        chip = Chip("accent", listes.libelle("suite", orientation.suite)) if orientation.suite else None
        self.add(Line(label, sub, chip=chip, icon="send"))
        if orientation.fiche_numero is None and orientation.type != "aucune":
            button = Button(self.tr("Établir la fiche"), kind="secondary", icon="file-text")
            button.clicked.connect(lambda: self.fiche_requested.emit(orientation.id))
            self.add(button)
