"""The window: the only place that knows Qt."""

from iscg_desktop.ui.constants_of_python import keep_alive

keep_alive()
