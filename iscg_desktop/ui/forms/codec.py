"""Values of fields as a draft keeps them: JSON that says by itself what each value is."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from iscg_desktop.domain.dates import Naissance


def encode(value: Any) -> Any:
    """A value of a field, as JSON can hold it."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"heure": value.isoformat(timespec="minutes")}
    if isinstance(value, Naissance):
        day = value.date.isoformat() if value.date else None
        known = {"jour": day, "annee": value.annee, "age_estime": value.age_estime}
        return {"naissance": {name: part for name, part in known.items() if part is not None}}
    return list(value) if isinstance(value, tuple) else value


def decode(kept: Any) -> Any:
    """The value that ``encode`` was given."""
    if isinstance(kept, list):
        return tuple(kept)
    if not isinstance(kept, dict):
        return kept
    ((kind, content),) = kept.items()
    if kind == "date":
        return date.fromisoformat(content)
    if kind == "heure":
        return time.fromisoformat(content)
    day = content.get("jour")
    return Naissance(
        date.fromisoformat(day) if day else None, content.get("annee"), content.get("age_estime")
    )
