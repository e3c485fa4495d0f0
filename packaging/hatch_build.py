"""Puts the compiled translations into the wheel; the compiler comes with PySide6-Essentials."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from preparation import translations


class TranslationsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles ``translations/*.ts`` before a wheel is made."""

    def dependencies(self) -> list[str]:
        """The package that holds the compiler, asked for when there is something to compile."""
        if not translations.stale(self._folder):
            return []
        return [line for line in self.metadata.core.dependencies if line.startswith("PySide6-Essentials")]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what changed and name it as part of the package."""
        if version == "editable":
            return  # a checkout reads its own translations/
        if translations.stale(self._folder):
            package = importlib.util.find_spec("PySide6")
            if package is None or package.origin is None:
                raise RuntimeError("PySide6-Essentials is needed to compile the translations")
            translations.compile_stale(self._folder, Path(package.origin).parents[1])
        for compiled in sorted(self._folder.glob("*.qm")):
            build_data["force_include"][str(compiled)] = f"iscg_desktop/translations/{compiled.name}"

    @property
    def _folder(self) -> Path:
        return Path(self.root) / "translations"
