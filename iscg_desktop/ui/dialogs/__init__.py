"""The few dialogs of the window, for what a page cannot hold."""
