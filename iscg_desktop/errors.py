"""The two kinds of failure: what the user can mend, and what only we can."""

from __future__ import annotations

import dataclasses


class IscgError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(IscgError):
    """Something the user can mend; carries a code and values, never a sentence.

    Args:
        code: Stable identifier; ``iscg_desktop.messages`` holds its French sentence.
        values: What the sentence needs. Never a key, a passphrase or a person's name.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class BugError(IscgError):
    """A broken promise inside the program; the user can only report it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was typed.

    Attributes:
        field: Name of the form field to mark, in the words of the draft dataclass.
        code: Code of the sentence in ``iscg_desktop.messages``.
        values: What the sentence needs.
    """

    field: str
    code: str
    values: dict[str, object] = dataclasses.field(default_factory=dict)


class InvalidInput(UserError):
    """All the problems of one form at once, so that she mends them in one go."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("saisie_invalide", nombre=len(problems))
        self.problems = problems
