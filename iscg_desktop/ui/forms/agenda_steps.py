"""The two forms of the agenda: a rendez-vous, a permanence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from iscg_desktop.domain.agenda import USUAL_DUREE, Permanence, PermanenceDraft, RendezVous, RendezVousDraft
from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.unite import Unite
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.choices import answered, code_of, coded, identifier, of_unites, shown
from iscg_desktop.ui.forms.dossier_field import DossierField
from iscg_desktop.ui.forms.step_form import StepForm
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

_WEEKLY, _ONCE = "semaine", "une_fois"


class RendezVousStep(StepForm):
    """When, where, and in two words why; a dossier when there is one."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._personne_id: int | None = None
        self._dossier_id: int | None = None
        super().__init__(self.tr("Fi&xer le rendez-vous"))

    def _build(self) -> None:
        today, listes = self._services.clock.today, self._services.listes
        self._side_by_side(
            ("date", self.tr("&Jour"), DateEdit(today, prefer="future"), 3),
            ("heure", self.tr("&Heure"), HeureEdit(), 2),
            ("duree", self.tr("D&urée"), DureeEdit(), 2),
        )
        self._side_by_side(
            ("lieu", self.tr("&Lieu"), TypeAhead(coded(listes["lieu"])), 1),
            ("unite_id", self.tr("Uni&té"), TypeAhead(), 1),
        )
        hint = self.tr("Sans nom : des initiales ou un numéro suffisent.")
        objet = Field(self.tr("O&bjet"), LineEdit(), hint=hint)
        self.column.addWidget(self.register("objet", objet))
        self.dossier = DossierField(self._search, self._services.dossiers.numero)
        field = Field(self.tr("&Dossier"), self.dossier, optional=True)
        self.column.addWidget(self.register("dossier_id", field))

    def begin(self, day: date) -> None:
        """A new one, on a day, where she is that day."""
        self._clear(self._services.journee.unites())
        planned = self._services.agenda.day(day).permanences
        unite_id = planned[0].unite_id if planned else self._services.journee.permanence()
        self._personne_id = self._dossier_id = None
        self.put("date", day)
        self.put("duree", USUAL_DUREE)
        self.put("lieu", "unite" if unite_id is not None else None)
        self.put("unite_id", code_of(unite_id))
        self._enter("heure")

    def amend(self, known: RendezVous) -> None:
        """One that is already fixed."""
        self._clear(self._services.listes.unites())
        self._personne_id, self._dossier_id = known.personne_id, known.dossier_id
        for name in ("heure", "duree", "objet"):
            self.put(name, getattr(known, name))
        self.put("date", known.jour)
        self.put("lieu", shown(known.lieu))
        self.put("unite_id", code_of(known.unite_id))
        if known.dossier_id is not None:
            self.dossier.set_value(Choice(str(known.dossier_id), known.dossier))
        self._enter("date")

    def read(self) -> RendezVousDraft:
        values = self.values()
        values["lieu"] = answered(values["lieu"])
        values["unite_id"] = identifier(values["unite_id"])
        values["dossier_id"] = identifier(values["dossier_id"])
        # The person stays the one she was as long as the dossier does.
        person = self._personne_id if values["dossier_id"] == self._dossier_id else None
        return RendezVousDraft(**values, personne_id=person)

    def _clear(self, unites: Sequence[Unite]) -> None:
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
        self.fields["unite_id"].widget.set_choices(of_unites(unites))

    def _search(self, text: str) -> Sequence[DossierLine]:
        return self._services.dossiers.find(text, limit=12)


class PermanenceStep(StepForm):
    """Her presence at a unité: once, or each week."""

    def __init__(self, services: Services, unites: Callable[[], Sequence[Unite]]) -> None:
        self._services, self._unites = services, unites
        super().__init__(self.tr("Fi&xer la permanence"))

    def _build(self) -> None:
        today = self._services.clock.today
        self.column.addWidget(self.register("unite_id", Field(self.tr("Uni&té"), TypeAhead())))
        self._side_by_side(
            ("jour", self.tr("&Jour"), DateEdit(today, prefer="future"), 3),
            ("debut", self.tr("&De"), HeureEdit(), 2),
            ("fin", self.tr("À (h&eure)"), HeureEdit(), 2),
        )
        rhythm = ChoiceRow(
            ((_WEEKLY, self.tr("Chaque semaine")), (_ONCE, self.tr("Une seule fois"))), clearable=False
        )
        self.column.addWidget(self.register("rythme", Field(self.tr("&Rythme"), rhythm)))
        until = DateEdit(today, prefer="future")
        self.column.addWidget(self.register("jusqu_au", Field(self.tr("Jus&qu’au"), until, optional=True)))

    def begin(self, day: date) -> None:
        """A new one, from a day on."""
        self._clear()
        self.put("jour", day)
        self.put("rythme", _WEEKLY)
        self._enter("unite_id")

    def amend(self, known: Permanence, day: date) -> None:
        """One that is planned, as it will be from a day on."""
        self._clear()
        self.put("unite_id", code_of(known.unite_id))
        self.put("jour", day)
        self.put("debut", known.debut)
        self.put("fin", known.fin)
        self.put("rythme", _WEEKLY if known.comes_back else _ONCE)
        self.put("jusqu_au", known.au)
        self._enter("debut")

    def read(self) -> PermanenceDraft:
        return PermanenceDraft(
            identifier(self.value("unite_id")),
            self.value("jour"),
            self.value("debut"),
            self.value("fin"),
            self.value("rythme") == _WEEKLY,
            self.value("jusqu_au"),
        )

    def _clear(self) -> None:
        for name, field in self.fields.items():
            self.put(name, None)
            field.clear_error()
        self.fields["unite_id"].widget.set_choices(of_unites(self._unites()))
