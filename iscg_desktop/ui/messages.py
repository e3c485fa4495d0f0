"""Shows what is wrong where it is wrong, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt

from iscg_desktop.errors import Problem, UserError
from iscg_desktop.messages import joined, sentence
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage


def settle_all(fields: Iterable[Field]) -> bool:
    """Read what is being typed in each field, as before saving.

    Returns:
        False when something typed is no value; the first such field has the focus and says why.
    """
    refused = [field for field in fields if hasattr(field.widget, "settle") and not field.widget.settle()]
    if refused:
        refused[0].widget.setFocus(Qt.FocusReason.OtherFocusReason)
    return not refused


def show_problems(
    fields: Mapping[str, Field], problems: Iterable[Problem], elsewhere: InlineMessage | None = None
) -> list[Problem]:
    """Mark each field that has a problem, clear the others, and go to the first marked.

    Args:
        fields: Fields of the form by name, in their order.
        problems: All that is wrong.
        elsewhere: Says the problems that belong to no field.

    Returns:
        The problems that belong to no field.
    """
    by_field: dict[str, list[str]] = {}
    homeless = []
    for problem in problems:
        if problem.field in fields:
            by_field.setdefault(problem.field, []).append(sentence(problem))
        else:
            homeless.append(problem)
    for name, field in fields.items():
        field.set_error(joined(by_field.get(name, ())))
    first = next((field for name, field in fields.items() if name in by_field), None)
    if first is not None:
        first.widget.setFocus(Qt.FocusReason.OtherFocusReason)
    if elsewhere is not None:
        elsewhere.show_message("alert", joined(map(sentence, homeless)))
    return homeless


def show_error(message: InlineMessage, error: UserError) -> None:
    """Say an error in a message of the page."""
    message.show_message("alert", sentence(error))
