"""Which cells to mask besides the sensitive ones, so that nothing masked can be computed back.

An *alternative* is another complete table, in whole numbers, that agrees with every printed figure and every
relation. The reader to resist knows even which masks are complementary; so in every alternative the cells
that are not sensitive stay at k or more. The greedy part finds, goal by goal, the alternative that moves the
least valuable printed cells and masks what it moves; the clean-up then prints again what no goal needs. Small files
begin with the least dear masks that a guide finds.
Prices are random: a method that always chose alike could be run backwards (Algorithms 12:165, 2019).
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.goals import Aim, Goal, in_order
from iscg_desktop.disclosure.guide import Guide
from iscg_desktop.disclosure.imagination import imagine
from iscg_desktop.disclosure.moves import HIDDEN_PRICE, Move, Moves
from iscg_desktop.disclosure.obstacles import Obstacles
from iscg_desktop.disclosure.repeats import Repeats
from iscg_desktop.disclosure.solver import INFINITY
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.watch import Watch
from iscg_desktop.disclosure.worth import worth
from iscg_desktop.errors import UserError

# Choices drawn, of which the least dear is kept, and seconds after which no other one is begun. With a guide each is
# near the best already: the least dear of many would leave little to chance.
_DRAWS, _DRAWS_GUIDED, _BUDGET = 8, 2, 1.0
# Seconds that a draw waits for its guide, and cells above which the guide would not be done in time.
_GUIDED, _GUIDABLE = 5.0, 1_000
# In blocks of more cells, looking for a goal within the masks first takes longer than it spares.
_LARGEST = 600
# Goals looked at one by one before tables for all that are left are drawn again.
_ROUND = 40


@dataclass(frozen=True, slots=True)
class Masks:
    """What a new file does not print.

    Attributes:
        cells: Positions of all cells masked.
        withheld: Those that are masked whatever they count, and « non » of such ones, because what earlier files
            printed leaves too little room: of them no mask tells that they count k or more.
        tables: Complete tables that show what these masks leave possible; to be judged, not believed.
    """

    cells: frozenset[int]
    withheld: frozenset[int] = frozenset()
    tables: tuple[tuple[int, ...], ...] = ()


def suppress(system: TableSystem, sensitive: frozenset[int], k: int, watch: Watch) -> Masks:
    """What to mask in the new file, sensitive cells included.

    Args:
        system: The exact counts and their relations.
        sensitive: Cells that must stay deniable, those that no file prints included.
        k: Smallest number that may be told.
        watch: Told of progress up to 60 out of 100.

    Raises:
        UserError: ``bilan_non_protegeable``, when even masking everything else would let something be computed.
    """
    end = time.monotonic() + _BUDGET
    best, guided = _drawn(system, sensitive, k, watch)
    for _ in range((_DRAWS_GUIDED if guided else _DRAWS) - 1):
        if time.monotonic() > end:
            break
        other, _ = _drawn(system, sensitive, k, watch)
        best = min(best, other, key=lambda masks: _cost(system, masks))
    return best


def _cost(system: TableSystem, masks: Masks) -> float:
    return sum(worth(len(system.cells[cell].cle), system.counts[cell].effectif) for cell in masks.cells)


def _drawn(system: TableSystem, sensitive: frozenset[int], k: int, watch: Watch) -> tuple[Masks, bool]:
    """One choice of masks, by chance, and whether the guide led it."""
    work = _Suppression(system, sensitive, k)
    goals = work.goals_of_the_file()
    more = work.begin(goals, watch)
    for goal in watch.steps([*goals, *(more or ())], 0, 25):
        work.reach(goal)
    work.widen(watch, 25)
    for cell in watch.steps(work.dearest_complements(), 25, 40):
        work.give_back(cell)
    # Most of what no new mask was drawn for is possible all the same: a few tables show it.
    work.show_the_rest(watch)
    work.widen(watch, 60)
    return Masks(frozenset(work.masked), frozenset(work.withheld), tuple(work.tables())), more is not None


class _Suppression:
    """The masks so far, and the alternatives that justify them."""

    def __init__(self, system: TableSystem, sensitive: frozenset[int], k: int) -> None:
        self._chance = random.SystemRandom()
        self._truth = [count.effectif for count in system.counts]
        self._sensitive, self._k = sensitive, k
        self._before, self._cells = system.masked, system.cells
        self.withheld: set[int] = set()
        cells = range(len(self._truth))
        self._printable = {
            cell for cell in cells if not system.hidden[cell] and cell not in system.printed | system.masked
        }
        self._prices = [
            worth(len(cell.cle), effectif) * self._chance.uniform(0.75, 1.25)
            for cell, effectif in zip(system.cells, self._truth, strict=True)
        ]
        self._floored = system.shown - sensitive - system.withheld
        self._floors = [k if cell in self._floored else 0 for cell in cells]
        self._repeats = Repeats(system.rows, self._truth, self._floors)
        # What may move: in `open` everything, at a price; in `closed` only what is masked or hidden.
        free = [cell for cell in cells if cell not in system.printed]
        self._open = Moves(system.rows, self._truth, self._floors, free)
        self._closed = Moves(system.rows, self._truth, self._floors, free)
        for cell in self._printable:
            self._open.price(cell, self._prices[cell])
            self._closed.fix(cell)
        self._rows, self._printed = system.rows, system.printed
        # What this file shows of its own period, « non » included: only of this may be said less than was.
        new = {cell for cell in self._floored if self._cells[cell].periode == system.nouveau}
        self._giving = new - system.printed - system.masked if system.printed | system.masked else set()
        self._told_before = system.withheld
        self._granted = frozenset[Goal]()
        self._imagined: list[tuple[int, ...]] = []
        self.masked: set[int] = set()
        self._found: dict[Goal, tuple[Move, ...]] = {}
        self._leaning: defaultdict[int, set[Goal]] = defaultdict(set)
        self._reasons: dict[int, Goal] = {}
        self._mask(self._printable & sensitive)

    def goals_of_the_file(self) -> list[Goal]:
        """What must be possible for the small cells of the new file: largest first, equals in random order.

        What a few tables show to be possible with these masks alone stays so: it needs no further look.
        """
        cells = sorted(self._sensitive & self._printable)
        self._chance.shuffle(cells)
        cells.sort(key=lambda cell: -self._truth[cell])
        goals = [Goal(cell, aim) for cell in cells for aim in (Aim.HIGH, Aim.ZERO)]
        unmet = self._imagine(goals, largest=0)
        return [goal for goal in goals if goal in unmet]

    def begin(self, goals: list[Goal], watch: Watch) -> list[Goal] | None:
        """Mask at once what the guide says, for goals of the file and of others.

        Returns:
            Goals of others that these masks are for; None where the guide says nothing in time.
        """
        if len(self._truth) > _GUIDABLE:
            return None
        end = time.monotonic() + _GUIDED
        prices = {cell: self._prices[cell] for cell in self._printable - self._sensitive}
        guide = Guide(self._rows, self._truth, self._floors, self._printed, prices, self._k)
        others = [goal for goal in self._goals_not_shown() if goal not in frozenset(goals)]
        more: list[Goal] = []
        while (masks := guide.cheapest([*goals, *more], end, watch)) is not None:
            # Few tables tell which of the others lack something, and a solver which of these masks can help.
            seen = imagine(self._strongest(masks), others, self._k, largest=_LARGEST)
            lacking = list(guide.lacking(sorted(seen.unmet - frozenset(more), key=in_order)))
            if not lacking:
                self._mask(masks)
                return more
            more += lacking
        return None

    def show_the_rest(self, watch: Watch) -> None:
        """Make possible what is not yet shown to be, for cells of earlier files and of none, and for the masks drawn.

        One more mask gives room to many goals: after each few, tables for many goals together are drawn again.
        """
        left = goals = self._goals_not_shown()
        while left:
            watch.reach(50 + 10 * (1 - len(left) / len(goals)))
            unmet = self._imagine(left, largest=_LARGEST)
            left = [goal for goal in left if goal in unmet]
            for goal in left[:_ROUND]:
                watch.reach(50)
                self.reach(goal)
            left = [goal for goal in left[_ROUND:] if goal not in self._found]

    def _goals_not_shown(self) -> list[Goal]:
        goals = [Goal(cell, aim) for cell in sorted(self._sensitive) for aim in (Aim.HIGH, Aim.ZERO)]
        wide = (self._before - self._told_before | self.masked) - self._sensitive - self.withheld
        goals += [Goal(cell, Aim.WIDE) for cell in sorted(wide)]
        self._chance.shuffle(goals)
        return [goal for goal in goals if goal not in self._found and goal not in self._granted]

    def tables(self) -> Iterator[tuple[int, ...]]:
        """The tables that all goals rest on."""
        yield from self._imagined
        for move in {id(move): move for moves in self._found.values() for move in moves}.values():
            yield tuple(value + move.get(cell, 0) for cell, value in enumerate(self._truth))

    def _imagine(self, goals: list[Goal], *, largest: int) -> frozenset[Goal]:
        """Grant what tables within the present masks show; returns what they do not."""
        found = imagine(self._strongest(), goals, self._k, largest=largest)
        self._imagined += found.tables
        self._granted |= frozenset(goals) - found.unmet
        return found.unmet

    def widen(self, watch: Watch, done: float) -> None:
        """Give every complementary mask a wide range."""
        while waiting := [cell for cell in self._complements() if Goal(cell, Aim.WIDE) not in self._shown()]:
            for cell in waiting:
                watch.reach(done)
                self.reach(Goal(cell, Aim.WIDE))

    def _shown(self) -> set[Goal]:
        return self._found.keys() | self._granted

    def _strongest(self, more: Collection[int] = ()) -> Reader:
        """The reader who knows which masks are complementary, before the masks drawn so far, and maybe more."""
        shown = (self._printed | self._printable) - self.masked - frozenset(more)
        printed = {cell: number for cell, number in enumerate(self._truth) if cell in shown}
        floors = dict.fromkeys(self._floored - self.withheld, self._k)
        return Reader(len(self._truth), self._rows, printed, floors)

    def dearest_complements(self) -> list[int]:
        """Complementary masks, those worth most first."""
        return sorted(self._complements(), key=lambda cell: -self._prices[cell])

    def reach(self, goal: Goal) -> None:
        """Make a goal possible, masking what that takes."""
        if goal in self._found:
            return  # another goal's alternative shows it
        moves = self._within_masks(goal) if goal.aim is Aim.WIDE else None
        moves = moves or self._at_a_price(goal)
        if moves is None:
            moves = self._by_withholding(goal)
        if moves is None and goal.aim is Aim.WIDE and self._before:
            moves = ()  # What was handed over before already says as much of it.
        if moves is None:
            raise UserError("bilan_non_protegeable")
        self._keep(goal, moves)
        self._mask((cell for move in moves for cell in move), goal)
        for move in moves:
            self._repeat(move)

    def give_back(self, cell: int) -> None:
        """Print a complementary mask again if every goal can do without it."""
        self._closed.fix(cell)
        instead: dict[Goal, tuple[Move, ...]] = {}
        reason = self._reasons.get(cell)
        # The goal that asked for this mask first: mostly it still needs it.
        order = sorted(self._leaning[cell], key=lambda goal: (goal != reason, goal.cell, goal.aim.name))
        for goal in order:
            if goal.cell == cell or goal in instead:
                continue
            moves = self._within_masks(goal)
            if moves is None:
                self._closed.free(cell)
                return
            instead[goal] = moves
            for move in moves:
                for other in self._also_met(move) & self._leaning[cell]:
                    instead.setdefault(other, (move,))
        for goal, moves in instead.items():
            self._keep(goal, moves)
        self._drop(Goal(cell, Aim.WIDE))
        self.masked.discard(cell)
        self._open.price(cell, self._prices[cell])

    def _by_withholding(self, goal: Goal) -> tuple[Move, ...] | None:
        """Make room for a goal by masking some cells whatever they count; None when even all of them give none."""
        if not self._is_possible_without_the_file(goal):
            return None
        moves = None
        while moves is None and self._giving - self.withheld:
            # What whole numbers alone forbid has no obstacle in fractions: then everything goes.
            self._withhold(self._obstacles(goal) or self._giving)
            moves = self._at_a_price(goal)
        return moves

    def _is_possible_without_the_file(self, goal: Goal) -> bool:
        floors = [0 if cell in self._giving else floor for cell, floor in enumerate(self._floors)]
        free = [cell for cell in range(len(floors)) if cell not in self._printed]
        earlier = Moves(self._rows, self._truth, floors, free, first=True)
        if goal.aim is Aim.WIDE:
            return earlier.apart(goal.cell, self._k) is not None
        return self._direct(earlier, goal) is not None

    def _obstacles(self, goal: Goal) -> set[int]:
        """New cells of which it would be known that they count k or more, which then forbids the goal."""
        seen = Obstacles(self._rows, self._truth, self._printed, self._floors, self._giving)
        truth, k = self._truth[goal.cell], self._k
        if goal.aim is Aim.ZERO:
            found = seen.between(goal.cell, 0, 0)
        elif goal.aim is Aim.HIGH:
            found = seen.between(goal.cell, k, INFINITY)
        else:
            found = seen.between(goal.cell, truth + k, INFINITY)
            if not found and truth - k >= self._floors[goal.cell]:
                found = seen.between(goal.cell, self._floors[goal.cell], truth - k)
        return found - self.withheld

    def _withhold(self, cells: set[int]) -> None:
        for cell in sorted(cells - self.withheld):
            self.withheld.add(cell)
            self._floors[cell] = 0
            self._open.sink(cell)
            self._closed.sink(cell)
        self._mask(cells)

    def _keep(self, goal: Goal, moves: tuple[Move, ...]) -> None:
        """Let a goal rest on some alternatives, and with it all that they show besides."""
        self._drop(goal)
        self._found[goal] = moves
        for move in moves:
            for cell in move:
                self._leaning[cell].add(goal)
            for other in self._also_met(move):
                if other not in self._found and other not in self._granted:
                    self._keep(other, (move,))

    def _repeat(self, move: Move) -> None:
        """Keep what an alternative shows when its change is made several times, or taken back."""
        if not move:
            return
        smallest, back, often = self._repeats.of(move)
        made: dict[int, Move] = {}
        for cell, change in smallest.items():
            for goal, times in self._times(cell, change):
                if -back <= times <= often and goal not in self._found and goal not in self._granted:
                    again = made.setdefault(times, {one: times * step for one, step in smallest.items()})
                    self._keep(goal, (again,))

    def _times(self, cell: int, change: int) -> Iterator[tuple[Goal, int]]:
        """How often a cell must change by this much for what is asked of it."""
        if cell in self._sensitive:
            effectif = self._truth[cell]
            if effectif % change == 0:
                yield Goal(cell, Aim.ZERO), -effectif // change
            missing = max(self._k - effectif, 0)
            yield Goal(cell, Aim.HIGH), -(-missing // abs(change)) * (1 if change > 0 else -1)
        else:
            enough = -(-self._k // abs(change))
            yield Goal(cell, Aim.WIDE), enough
            yield Goal(cell, Aim.WIDE), -enough

    def _drop(self, goal: Goal) -> None:
        for move in self._found.pop(goal, ()):
            for cell in move:
                self._leaning[cell].discard(goal)

    def _also_met(self, move: Move) -> set[Goal]:
        """Every goal that one alternative shows possible."""
        met = set()
        for cell, change in move.items():
            if cell in self._sensitive:
                if self._truth[cell] + change >= self._k:
                    met.add(Goal(cell, Aim.HIGH))
                elif change == -self._truth[cell]:
                    met.add(Goal(cell, Aim.ZERO))
            elif abs(change) >= self._k:
                met.add(Goal(cell, Aim.WIDE))
        return met

    def _complements(self) -> list[int]:
        return sorted(self.masked - self._sensitive - self.withheld)

    def _mask(self, cells: Iterable[int], reason: Goal | None = None) -> None:
        for cell in cells:
            if cell in self._printable and cell not in self.masked:
                if reason is not None:
                    self._reasons[cell] = reason
                self.masked.add(cell)
                self._open.price(cell, HIDDEN_PRICE)
                self._closed.free(cell)

    def _within_masks(self, goal: Goal) -> tuple[Move, ...] | None:
        """Alternatives that reach the goal without any further mask."""
        if goal.aim is not Aim.WIDE:
            return self._direct(self._closed, goal)
        return self._closed.apart(goal.cell, self._k)

    def _at_a_price(self, goal: Goal) -> tuple[Move, ...] | None:
        """Alternatives that reach the goal by moving the least valuable printed cells."""
        if goal.aim is not Aim.WIDE:
            return self._direct(self._open, goal)
        for change in (self._k, -self._k):
            move = self._open.by(goal.cell, change)
            if move is not None:
                return (move,)
        return self._open.apart(goal.cell, self._k)

    def _direct(self, moves: Moves, goal: Goal) -> tuple[Move, ...] | None:
        effectif = self._truth[goal.cell]
        change = -effectif if goal.aim is Aim.ZERO else max(self._k - effectif, 0)
        move = moves.by(goal.cell, change) if change else {}
        return None if move is None else (move,)
