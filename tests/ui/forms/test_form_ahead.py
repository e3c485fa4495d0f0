"""A form made ahead, in turns of the window: whoever waits for it gets it."""

from __future__ import annotations

from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from iscg_desktop.ui.forms.form_ahead import FormAhead


class Made:
    """A form of three parts, which counts those that are made."""

    def __init__(self) -> None:
        self.parts = 0
        self.steps = self._make()

    def _make(self) -> Iterator[None]:
        for _ in range(3):
            self.parts += 1
            yield

    def deleteLater(self) -> None:
        """Nothing of it is Qt's."""


def test_what_waits_for_a_form_is_done_once_every_part_is_made(qtbot: QtBot) -> None:
    ahead = FormAhead(Made)
    taken: list[Made] = []
    ahead.when_ready(lambda: taken.append(ahead.take()))
    assert not taken
    qtbot.waitUntil(lambda: len(taken) == 1)
    assert taken[0].parts == 3
    assert not ahead.ready


def test_a_form_that_is_there_is_taken_at_once(qtbot: QtBot) -> None:
    ahead = FormAhead(Made)
    ahead.make()
    qtbot.waitUntil(lambda: ahead.ready)
    taken: list[Made] = []
    ahead.when_ready(lambda: taken.append(ahead.take()))
    assert len(taken) == 1


def test_what_waits_is_not_forgotten_when_another_takes_the_form_first(qtbot: QtBot) -> None:
    ahead = FormAhead(Made)
    taken: list[Made] = []
    ahead.when_ready(lambda: taken.append(ahead.take()))
    first = ahead.take()
    assert first.parts == 3
    qtbot.waitUntil(lambda: len(taken) == 1)
    assert taken[0] is not first
    assert taken[0].parts == 3


def test_what_waits_is_done_with_the_form_that_was_made_again(qtbot: QtBot) -> None:
    ahead = FormAhead(Made)
    taken: list[Made] = []
    ahead.when_ready(lambda: taken.append(ahead.take()))
    ahead.renew()
    qtbot.waitUntil(lambda: len(taken) == 1)
