"""Forms that read and show one domain object."""
