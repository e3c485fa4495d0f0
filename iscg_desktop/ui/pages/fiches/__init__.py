"""What leaves for a partner and comes back: fiches, documents, tournées, retours."""
