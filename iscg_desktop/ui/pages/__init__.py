"""The pages behind the bar of pages."""
