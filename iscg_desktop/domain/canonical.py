"""Frozen values that clean their texts and go to canonical JSON and back without loss."""

from __future__ import annotations

import functools
import json
import re
import types
import typing
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from iscg_desktop.errors import BugError, UserError

_T = TypeVar("_T")

_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n") | {"\t": " "})
# Control, invisible format (bidirectional overrides among them) and half characters: nothing one could read.
_UNREADABLE = {"Cc", "Cf", "Cs"}


def clean(text: str) -> str:
    """The text in NFC, lines ended by a line feed, without characters that cannot be seen."""
    # Most texts are plain: two fast looks spare the walk through every character.
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    lines = text.replace("\r\n", "\n").translate(_LINE_ENDS)
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _UNREADABLE)
    return unicodedata.normalize("NFC", kept)


class Cleaned:
    """Base of frozen dataclasses whose texts are cleaned when they are made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # subclasses are dataclasses
            value = getattr(self, field.name)
            if isinstance(value, str) and not isinstance(value, StrEnum):
                object.__setattr__(self, field.name, clean(value))
            elif isinstance(value, tuple) and value and isinstance(value[0], str):
                object.__setattr__(self, field.name, tuple(clean(each) for each in value))


def to_canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value always gives the same text."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_canonical(cls: type[_T], text: str) -> _T:
    """The value written by ``to_canonical``.

    Raises:
        BugError: The text is not what ``to_canonical`` writes for this class.
    """
    try:
        made: _T = _make(cls, json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        # Without its message: it may quote what the text says of a person.
        raise BugError(f"not a canonical {cls.__name__}: {type(error).__name__}") from None
    return made


def from_template(cls: type[_T], text: str, gabarit: int) -> _T:
    """The value written by ``to_canonical``, of a class that has a ``gabarit``.

    Args:
        cls: Its class.
        text: What was written.
        gabarit: The newest template that this program knows.

    Raises:
        UserError: ``fiche_gabarit_inconnu``, written by a newer program.
        BugError: The text is damaged.
    """
    # Looked for first: a newer template has fields that this program does not know.
    newer = re.search(r'"gabarit":(\d+),', text)
    if newer is not None and int(newer[1]) > gabarit:
        raise UserError("fiche_gabarit_inconnu", gabarit=int(newer[1]))
    return from_canonical(cls, text)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(_plain(each) for each in value)  # type: ignore[type-var]  # sets hold codes only
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _make(kind: Any, plain: Any) -> Any:
    """Value of the annotated kind: the closed set of kinds that canonical dataclasses are made of."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        inner = next(each for each in typing.get_args(kind) if each is not type(None))
        return None if plain is None else _make(inner, plain)
    if origin in (tuple, frozenset):
        if not isinstance(plain, list):
            raise TypeError
        return origin(_make(typing.get_args(kind)[0], each) for each in plain)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # a class, not an instance
        if not isinstance(plain, dict) or plain.keys() != hints.keys():
            raise TypeError
        return kind(**{name: _make(hints[name], plain[name]) for name in hints})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(plain)
    if issubclass(kind, StrEnum):
        return kind(plain)
    if type(plain) is not kind:
        raise TypeError
    return plain
