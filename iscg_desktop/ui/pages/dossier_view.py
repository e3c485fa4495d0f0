"""What the page of a dossier shows: its head, its messages, its cards and where they stand."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.orientation_panel import OrientationPanel
from iscg_desktop.ui.forms.pieces_card import PiecesCard
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.pages.dossier_cards import DelaisCard, OrientationsCard, PointsCard, RelancesCard
from iscg_desktop.ui.pages.dossier_chronologie import ChronologieCard
from iscg_desktop.ui.pages.dossier_contacts import ContactsCard
from iscg_desktop.ui.pages.dossier_personnes import CloisonnementCard, PersonnesPanel
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.droits_message import DroitsMessage
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


class DossierView(ScrollPage):
    """The widgets of the page; what is done with them is said by ``DossierPage``."""

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Dossier")
        self._services, self._hub = services, hub
        self._dossier: Dossier | None = None
        self._shown_id: int | None = None
        self._discreet = False
        self._back = header.set_back(self.tr("Dossiers"))
        self._close = header.add_secondary(self.tr("&Clore"), icon="archive")
        self._documents = header.add_secondary(self.tr("Autre document…"), icon="file-text")
        self._new = header.set_primary(self.tr("Nouvel entretien"), icon="plus", shortcut="Ctrl+N")
        self._make_forms()
        self._make_cards(tasks)
        self._lay_out()

    def _make_forms(self) -> None:
        services = self._services
        self._draft = InlineMessage("info", "", dismissible=False)
        self._state = InlineMessage("warn", "", dismissible=False)
        self._droits = DroitsMessage()
        self._message = InlineMessage()
        self.closing = ShortForm(
            {"motif": Field(self.tr("Pourquoi ce dossier se ferme-t-il\u00a0?"), LineEdit())},
            self.tr("Clore le &dossier"),
        )
        self._closing_card = Card(self.tr("Clore le dossier"), icon="archive")
        self._closing_card.add(self.closing)
        self._closing_card.hide()
        self.orienting = OrientationPanel(services.orientations, services.listes)

    def _make_cards(self, tasks: TaskRunner) -> None:
        services = self._services
        self._persons = PersonnesPanel()
        self.timeline = ChronologieCard(services.entretiens, services.listes)
        today = services.clock.today
        self.points = PointsCard(today)
        self.relances = RelancesCard(today)
        self.orientations = OrientationsCard()
        self.pieces = PiecesCard(services, self._hub, tasks)
        self.contacts = ContactsCard()
        self._apart = CloisonnementCard()
        self._delais = DelaisCard()

    def _lay_out(self) -> None:
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(GAP)
        for card in (
            self.relances,
            self.points,
            self.orientations,
            self.contacts,
            self.pieces,
            self._apart,
            self._delais,
        ):
            beside.addWidget(card)
        beside.addStretch(1)
        for widget in (
            self._draft,
            self._state,
            self._droits,
            self._message,
            self._closing_card,
            self.orienting,
            self._persons,
        ):
            self.add(widget)
        self.add(Columns(self.timeline, side, ratios=(3, 2)))

    def _fill_head(self, dossier: Dossier) -> None:
        assert self.header is not None
        listes = self._services.listes
        self.header.set_title(self.tr("Dossier {numero}").replace("{numero}", dossier.numero))
        facts = [
            listes.unite(dossier.unite_id),
            listes.libelle("regime", dossier.regime),
            self.tr("dernier contact le {date}").replace("{date}", format_date(dossier.dernier_contact)),
            self._kept_until(dossier.id),
        ]
        self.header.set_subtitle(" · ".join(fact for fact in facts if fact))
        self._close.setVisible(dossier.clos_le is None)
        if dossier.clos_le is None:
            self._state.clear()
            return
        said = self.tr("Dossier clos le {date}.").format(date=format_date(dossier.clos_le))
        motif = "" if self._discreet else dossier.motif_cloture
        # The words she typed come last, so that nothing in them is taken for a place to fill.
        parts = (said, self.tr("Un nouvel entretien le rouvrira."), motif)
        self._state.show_message("warn", " ".join(part for part in parts if part), self.tr("Rouvrir"))

    def _kept_until(self, dossier_id: int) -> str:
        """Until when it is kept; past that day it is prolonged or erased."""
        fin = self._services.conservation.fin(dossier_id)
        over = fin < self._services.clock.today()
        words = (
            self.tr("à conserver jusqu’au {date}, passé") if over else self.tr("à conserver jusqu’au {date}")
        )
        return words.replace("{date}", format_date(fin))

    def _names(self, dossier: Dossier) -> dict[int, str]:
        """What to call each person where several are concerned: one alone needs no name on each line."""
        if len(dossier.personnes) < 2:
            return {}
        identites = {each.personne.id: each.personne.identite for each in dossier.personnes}
        return {
            each: identite.initiales if self._discreet else identite.nom_court
            for each, identite in identites.items()
        }
