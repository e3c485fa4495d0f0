"""The day: what is urgent, due, late, unreturned."""
