"""The agenda: permanences, rendez-vous, the week."""
