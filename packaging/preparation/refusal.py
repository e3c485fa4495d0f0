"""The one way a preparation gives up: a French sentence, no traceback."""

from __future__ import annotations

import sys


class Refusal(Exception):
    """What could not be prepared and what to do about it, in one French sentence."""


def say(sentence: str) -> None:
    """Tell the user what is going on, apart from what the program itself prints."""
    print(sentence, file=sys.stderr, flush=True)
