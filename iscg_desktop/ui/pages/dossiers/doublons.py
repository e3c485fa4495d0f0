"""Who may be in the coffre twice: reviewed two by two, merged by hand field by field, or said apart."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial
from itertools import chain, islice

from PySide6.QtCore import QTimer, Signal, Slot

from iscg_desktop.domain.dates import format_naissance
from iscg_desktop.domain.personne import Choix, Identite
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.fusions import MOST_PAIRS, Paire
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.dossiers.doublons_comparaison import ComparaisonCard
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_SLICE = 40  # pairs looked at between two turns of the loop: 10 ms, twice that beside the worker


class DoublonsPage(ScrollPage):
    """The list of pairs, and under it the two lines side by side.

    Signals:
        back_requested: Back to the list of dossiers.
        personne_requested: Id of a person whose page is wanted.
    """

    back_requested = Signal()
    personne_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader(self.tr("Doublons possibles"))
        super().__init__(header)
        self.title = self.tr("Doublons possibles")
        self._services, self._hub, self._tasks = services, hub, tasks
        self._task: Task | None = None
        self._discreet = False
        self._pairs: list[Paire] = []
        self._seen: set[tuple[int, int]] = set()  # looked at already
        self._waiting: Iterator[tuple[int, int]] = iter(())
        self._next: tuple[str, int, int] | None = None  # what the link of the message does
        header.set_back(self.tr("Dossiers")).clicked.connect(self.back_requested)
        self.message = InlineMessage()
        self.message.action_triggered.connect(self._on_message_action_triggered)
        self.comparison = ComparaisonCard(services)
        self.comparison.merge_requested.connect(self._on_merge_requested)
        self.comparison.apart_requested.connect(self._on_apart_requested)
        self.comparison.personne_requested.connect(self.personne_requested)
        self.list = ListCard(
            self.tr("À regarder"),
            self.tr("Personne ne semble être deux fois dans votre coffre."),
            icon="users",
            shown=8,
        )
        self.list.chosen.connect(self._on_pair_chosen)
        self._searching = Steps(self, partial(show_error, self.message))
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        many = self.tr(
            "Beaucoup de fiches se ressemblent\u00a0: cette liste en laisse. Réglez ces paires, puis revenez."
        )
        self._more = InlineMessage("info", many, dismissible=False)
        self._more.hide()
        self.add(self.message)
        self.add(self._more)
        self.add(self.comparison)
        self.add(self.list)
        hub.changed.connect(self._on_hub_changed)

    def start(self) -> None:
        """Look for pairs again, a slice at a time."""
        self.message.clear()
        self.comparison.put_away()
        self._look()

    def compare(self, keep: int, gone: int) -> None:
        """Show two lines side by side."""
        self.start()
        self._open(keep, gone)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials and no answer, or all again."""
        self._discreet = discreet
        self.comparison.set_discreet(discreet)
        self._show_pairs()

    def _look(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._turn.stop()
        self._pairs, self._seen = [], set()
        self._searching.start(self._search(), lambda _: None)

    def _search(self) -> Generator[None, None, None]:
        """In turns: the page is shown first."""
        fusions = self._services.fusions
        yield
        pairs = fusions.pairs()
        self._more.setVisible(len(pairs) == MOST_PAIRS)
        self._waiting = iter(pairs)
        self._turn.start()
        yield
        self._task = self._tasks.run(fusions.slips(), on_done=self._on_slips_found)

    @Slot()
    def _on_turn(self) -> None:
        pairs = list(islice(self._waiting, _SLICE))
        if pairs:
            # A pair one slip apart may share a number too: it is looked at once.
            fresh = [pair for pair in dict.fromkeys(pairs) if pair not in self._seen]
            self._seen.update(fresh)
            self._pairs += self._services.fusions.look(fresh)
            self._turn.start()
        else:
            self._pairs.sort(key=lambda pair: (-pair.comparaison.points, pair.une.id, pair.autre.id))
            self._show_pairs()

    @Slot(object)
    def _on_slips_found(self, pairs: tuple[tuple[int, int], ...]) -> None:
        self._task = None
        self._waiting = chain(self._waiting, pairs)
        self._turn.start()

    def _show_pairs(self) -> None:
        rows = (((pair.une.id, pair.autre.id), self._line(pair)) for pair in self._pairs)
        self.list.show_rows(rows, len(self._pairs))

    def _name(self, identite: Identite) -> str:
        return identite.initiales if self._discreet else identite.nom_complet

    def _line(self, pair: Paire) -> Line:
        verdict = pair.comparaison.verdict
        why = "" if self._discreet else self._why(pair)
        return Line(
            f"{self._name(pair.une.identite)} · {self._name(pair.autre.identite)}",
            why[:1].upper() + why[1:],
            chip=Chip(words.verdict_role(verdict), words.verdict(verdict)),
            icon="users",
            clickable=True,
        )

    def _why(self, pair: Paire) -> str:
        """What speaks for and against; both births, which tell apart two pairs of the same names."""
        said = ", ".join(words.raison(code) for code in pair.comparaison.raisons)
        births = [each.identite.naissance for each in (pair.une, pair.autre)]
        known = [format_naissance(birth) for birth in births if birth is not None]
        return self.tr("{0} ({1} et {2})").format(said, *known) if len(known) == len(births) else said

    def _open(self, keep: int, gone: int) -> None:
        try:
            self.comparison.show_two(self._services.fusions.preview(keep, gone))
        except UserError as error:
            self.comparison.put_away()
            self._next = ("refused", keep, gone)
            self.message.show_message("alert", sentence(error), self.tr("Ne plus proposer cette paire"))
        else:
            if not self._discreet:
                self.comparison.take_focus()  # else what is chosen in the list stays in sight, and not who they are

    def _done(self, changed: Changes, said: str, undo: tuple[str, int, int]) -> None:
        self._next = undo
        self.comparison.put_away()
        self._hub.announce(changed)
        self._look()
        self.message.show_message("good", said, self.tr("Annuler"))
        self.message.enter_action()  # the button that had the keyboard is gone

    @Slot(object)
    def _on_pair_chosen(self, pair: tuple[int, int]) -> None:
        self.message.clear()
        self._open(*pair)

    @Slot(int, int, object)
    def _on_merge_requested(self, keep: int, gone: int, choices: dict[str, Choix]) -> None:
        try:
            fusion, changed = self._services.fusions.merge(
                keep, gone, choices, confirmed=self.comparison.confirmed
            )
        except UserError as error:
            if error.code in ("fusion_a_confirmer", "fusion_meme_foyer"):
                self.comparison.ask(sentence(error))
            else:
                show_error(self.message, error)
        else:
            self._done(changed, self.tr("Les deux fiches n’en font plus qu’une."), ("fusion", fusion, 0))

    @Slot(int, int)
    def _on_apart_requested(self, one: int, other: int) -> None:
        try:
            changed = self._services.fusions.say_apart(one, other)
        except UserError as error:
            show_error(self.message, error)
        else:
            said = self.tr("C’est noté\u00a0: ce sont deux personnes. Cette paire ne sera plus proposée.")
            self._done(changed, said, ("apart", one, other))

    @Slot()
    def _on_message_action_triggered(self) -> None:
        if self._next is None:
            return
        (kind, one, other), self._next = self._next, None
        if kind == "refused":
            self._on_apart_requested(one, other)
        else:
            self._take_back(kind, one, other)

    def _take_back(self, kind: str, one: int, other: int) -> None:
        fusions = self._services.fusions
        try:
            changed = fusions.undo(one) if kind == "fusion" else fusions.say_nothing(one, other)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._hub.announce(changed)
            self._look()
            self.message.show_message("info", self.tr("C’est annulé\u00a0: tout est comme avant."))

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if self.isVisible() and "personnes" in changed.kinds:
            self._look()
