"""Printed documents: values in, PDF bytes out."""
