"""One dossier: what happened, in order, beside the persons and the orientations."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.dossier import Dossier, TimelineEvent
from iscg_desktop.domain.personne import Identite
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.dossier_cards import EntretienCard, OrientationsCard, PersonneCard
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_ICONS = {
    "saisine": "inbox",
    "entretien": "message-square",
    "orientation": "send",
    "suite": "corner-down-left",
    "fiche": "file-text",
    "relance": "clock",
}
_TYPED = ("saisine", "entretien", "relance")  # their detail is in her words, where names are
_SNIPPET = 160


class DossierPage(ScrollPage):
    """Shows one dossier at a time.

    Signals:
        back_requested: Back to the list.
        entretien_requested: Id of the dossier in which to record an entretien.
        fiche_requested: Id of the orientation to issue a fiche from.
        fiche_opened: Id of an issued fiche.
        draft_requested: Name of a draft of this dossier to go on with.
    """

    back_requested = Signal()
    entretien_requested = Signal(int)
    fiche_requested = Signal(int)
    fiche_opened = Signal(int)
    draft_requested = Signal(str)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Dossier")
        self._services = services
        self._dossier_id: int | None = None
        self._discreet = False
        header.set_back(self.tr("Dossiers")).clicked.connect(self.back_requested)
        header.set_primary(self.tr("Nouvel entretien"), icon="plus", shortcut="Ctrl+N").clicked.connect(
            self._on_entretien_clicked
        )
        self._draft = InlineMessage("info", "", dismissible=False)
        self._draft.action_triggered.connect(self._on_draft_triggered)
        self._draft_key = ""
        self.add(self._draft)
        self._timeline = Card(self.tr("Ce qui s’est passé"))
        self._side = QWidget()
        self._beside = QVBoxLayout(self._side)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(GAP)
        self.add(Columns(self._timeline, self._side, ratios=(3, 2)))
        hub.changed.connect(self._on_changed)

    def show_dossier(self, dossier_id: int) -> None:
        """Open a dossier; the reading goes to the journal."""
        self._dossier_id = dossier_id
        self._fill(self._services.dossiers.open(dossier_id))

    def activated(self) -> None:
        """Read the dossier again."""
        self._reread()

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names and nothing of what she typed, or all again."""
        self._discreet = discreet
        self._reread()

    def _reread(self) -> None:
        if self._dossier_id is not None:
            self._fill(self._services.dossiers.reread(self._dossier_id))

    def _fill(self, dossier: Dossier) -> None:
        assert self.header is not None
        listes = self._services.listes
        self.header.set_title(self.tr("Dossier {numero}").replace("{numero}", dossier.numero))
        facts = [
            listes.unite(dossier.unite_id),
            listes.libelle("regime", dossier.regime),
            self.tr("dernier contact le {date}").replace("{date}", format_date(dossier.dernier_contact)),
        ]
        self.header.set_subtitle(" · ".join(fact for fact in facts if fact))
        self._fill_draft(dossier.id)
        self._timeline.clear()
        for event in (each for each in dossier.evenements if each.kind in _ICONS):
            self._timeline.add(self._line(event))
        while (item := self._beside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for concerned in dossier.personnes:
            self._beside.addWidget(PersonneCard(concerned, listes, discreet=self._discreet))
        names = {c.personne.id: self._name(c.personne.identite) for c in dossier.personnes}
        orientations = OrientationsCard(
            self._services.dossiers.orientations(dossier.id), listes, names, discreet=self._discreet
        )
        orientations.fiche_requested.connect(self.fiche_requested)
        self._beside.addWidget(orientations)
        self._beside.addStretch(1)

    def _name(self, identite: Identite) -> str:
        return identite.initiales if self._discreet else identite.nom_court

    def _fill_draft(self, dossier_id: int) -> None:
        drafts = [draft for draft in self._services.brouillons.all() if draft.dossier_id == dossier_id]
        # An entretien half-typed comes before a fiche half-completed.
        drafts.sort(key=lambda draft: draft.formulaire != "entretien")
        self._draft_key = drafts[0].cle if drafts else ""
        said = self.tr("Une saisie de ce dossier est restée en brouillon.") if drafts else ""
        self._draft.show_message("info", said, self.tr("Reprendre") if drafts else "")

    def _line(self, event: TimelineEvent) -> Line:
        listes = self._services.listes
        day = format_date(event.date)
        texts = {
            "saisine": (self.tr("Saisine"), "origine", "urgence"),
            "entretien": (self.tr("Entretien"), "mode", "issue"),
            "orientation": (self.tr("Orientation"), "type_partenaire", "accord"),
            "suite": (self.tr("Suite"), "suite", ""),
            "relance": (self.tr("À faire"), "", ""),
            "fiche": (self.tr("Fiche"), "", ""),
        }
        what, code_list, issue_list = texts[event.kind]
        label = listes.libelle(code_list, event.code) if code_list else event.code
        chip = None
        if event.kind == "fiche":
            chip = Chip(words.etape_role(event.issue), words.etape(event.issue))
        elif event.kind == "orientation":
            accord = listes.libelle("accord", event.issue).lower()
            chip = Chip(
                "good" if event.issue == "oui" else "warn",
                self.tr("accord : {accord}").replace("{accord}", accord),
            )
        elif issue_list and event.issue not in ("", "non_renseigne"):
            role = "good" if event.issue == "realise" else "accent"
            chip = Chip(
                "alert" if event.issue == "immediate" else role, listes.libelle(issue_list, event.issue)
            )
        detail = event.detail if len(event.detail) <= _SNIPPET else event.detail[:_SNIPPET].rstrip() + "…"
        if self._discreet and event.kind in _TYPED:
            detail = ""
        sub = f"{day}\n{detail}" if detail else day
        opens = event.kind in ("entretien", "fiche")
        line = Line(
            f"{what} · {label}" if label else what, sub, chip=chip, icon=_ICONS[event.kind], clickable=opens
        )
        if event.kind == "entretien":
            line.activated.connect(lambda: self._show_entretien(event.id))
        elif event.kind == "fiche":
            line.activated.connect(lambda: self.fiche_opened.emit(event.id))
        return line

    def _show_entretien(self, entretien_id: int) -> None:
        """Put the entretien, whole, on top of the right column."""
        first = self._beside.itemAt(0)
        shown = first.widget() if first is not None else None
        if isinstance(shown, EntretienCard):
            self._beside.removeWidget(shown)
            shown.deleteLater()
        entretien = self._services.entretiens.get(entretien_id)
        self._beside.insertWidget(0, EntretienCard(entretien, self._services.listes, discreet=self._discreet))

    @Slot()
    def _on_entretien_clicked(self) -> None:
        if self._dossier_id is not None:
            self.entretien_requested.emit(self._dossier_id)

    @Slot()
    def _on_draft_triggered(self) -> None:
        self.draft_requested.emit(self._draft_key)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.dossier_id in (None, self._dossier_id):
            self._reread()
