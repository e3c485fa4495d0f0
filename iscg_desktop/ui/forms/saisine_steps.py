"""Short forms under a saisine: an attempt to call, a rendez-vous, a reason to leave it, a dossier that goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from iscg_desktop.domain.agenda import USUAL_DUREE, RendezVousDraft
from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.saisine import RESULTATS, Saisine, TentativeDraft
from iscg_desktop.services.journee import JourneeService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import answered, code_of, coded, identifier, of_unites
from iscg_desktop.ui.forms.dossier_field import DossierField
from iscg_desktop.ui.forms.form import enter
from iscg_desktop.ui.forms.step_form import StepForm
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead
from iscg_desktop.ui.words import resultat


class SaisineStep(StepForm):
    """What is done next with a saisine."""

    def begin(self, saisine: Saisine) -> None:
        """Prefill what is known of a saisine, and go to the first question."""
        raise NotImplementedError


class TentativeForm(SaisineStep):
    """What a call gave."""

    def __init__(self, today: Callable[[], date], now: Callable[[], datetime]) -> None:
        self._today, self._now = today, now
        super().__init__("")
        self._done.setText(self.tr("Noter l’appel"))

    def _build(self) -> None:
        self._beware = InlineMessage("alert", dismissible=False)
        self.column.addWidget(self._beware)
        choices = [Choice(code, resultat(code)) for code in RESULTATS]
        field = Field(self.tr("L’appel"), ChoiceRow(choices, clearable=False))
        self.column.addWidget(self.register("resultat", field))
        self._side_by_side(
            ("date", self.tr("Date"), DateEdit(self._today), 3), ("heure", self.tr("Heure"), HeureEdit(), 2)
        )
        self.column.addWidget(self.register("note", Field(self.tr("Note"), LineEdit())))

    def beware(self, words: str) -> None:
        """Say where she calls what must be read before."""
        self._beware.show_message("alert", words)

    def begin(self, saisine: Saisine) -> None:
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
        self.put("date", self._today())
        self.put("heure", self._now().astimezone().time().replace(second=0, microsecond=0))
        enter(self.fields["resultat"].widget)

    def read(self) -> TentativeDraft:
        return TentativeDraft(**self.values())


class RendezVousForm(SaisineStep):
    """When and where she is met."""

    def __init__(self, listes: ListesService, journee: JourneeService) -> None:
        self._lists, self._journee = listes, journee
        super().__init__("")
        self._done.setText(self.tr("Fixer ce rendez-vous"))

    def _build(self) -> None:
        days = DateEdit(lambda: self._journee.today, prefer="future")
        self._side_by_side(("date", self.tr("Jour"), days, 3), ("heure", self.tr("Heure"), HeureEdit(), 2))
        lieu = self._lists["lieu"]
        self._side_by_side(
            ("lieu", self.tr("Lieu"), TypeAhead(coded(lieu)), 3), ("duree", self.tr("Durée"), DureeEdit(), 2)
        )
        unites = TypeAhead(of_unites(self._journee.unites()))
        self.column.addWidget(self.register("unite_id", Field(self.tr("Unité"), unites)))

    def begin(self, saisine: Saisine) -> None:
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
        self.fields["unite_id"].widget.set_choices(of_unites(self._journee.unites()))
        unite_id = saisine.unite_id or self._journee.permanence()
        self.put("lieu", "unite" if unite_id else None)
        self.put("unite_id", code_of(unite_id))
        self.put("duree", USUAL_DUREE)
        enter(self.fields["date"].widget)

    def read(self) -> RendezVousDraft:
        values = self.values()
        values["lieu"] = answered(values["lieu"])
        values["unite_id"] = identifier(values["unite_id"])
        return RendezVousDraft(**values)


class SansSuiteForm(SaisineStep):
    """Why it goes no further."""

    def __init__(self, listes: ListesService) -> None:
        self._lists = listes
        super().__init__("")
        self._done.setText(self.tr("Classer sans suite"))

    def _build(self) -> None:
        reasons = ChoiceRow(coded(self._lists["motif_sans_suite"]), clearable=False)
        self.column.addWidget(self.register("motif", Field(self.tr("Pourquoi"), reasons)))

    def begin(self, saisine: Saisine) -> None:
        self.put("motif", None)
        self.fields["motif"].clear_error()
        enter(self.fields["motif"].widget)

    def read(self) -> str | None:
        value: str | None = self.value("motif")
        return value


class RattachementForm(SaisineStep):
    """The dossier in which it goes on.

    Args:
        search: Gives the dossiers that match what is typed.
        numero_of: Number of the dossier of an id.
    """

    def __init__(
        self, search: Callable[[str], Sequence[DossierLine]], numero_of: Callable[[int], str]
    ) -> None:
        self._search, self._numero_of = search, numero_of
        super().__init__("")
        self._done.setText(self.tr("Rattacher à ce dossier"))

    def _build(self) -> None:
        field = Field(self.tr("Dossier"), DossierField(self._search, self._numero_of))
        self.column.addWidget(self.register("dossier", field))

    def begin(self, saisine: Saisine) -> None:
        self.put("dossier", None)
        self.fields["dossier"].clear_error()
        enter(self.fields["dossier"].widget)

    def read(self) -> int | None:
        return identifier(self.value("dossier"))
