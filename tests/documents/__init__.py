"""Tests of matching.documents; every input is built here."""
