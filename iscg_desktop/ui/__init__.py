"""The window: the only place that knows Qt."""

from __future__ import annotations

from iscg_desktop.ui.sources import leave_unread

leave_unread()  # before all that the window imports
