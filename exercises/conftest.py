"""What the tests of every step share.

Your package is imported inside a fixture. A file of yours that Python cannot read then fails the
tests with its own error, instead of keeping them from being found.
"""

import importlib

import pytest


@pytest.fixture
def domain():
    """Your domain model: the package `exercises.domain_model`."""
    return importlib.import_module("exercises.domain_model")


@pytest.fixture
def event_sourced():
    """Your event-sourced model: the package `exercises.event_sourced`."""
    return importlib.import_module("exercises.event_sourced")


@pytest.fixture
def events():
    """The events that you wrote: `exercises.event_sourced.events`."""
    return importlib.import_module("exercises.event_sourced").events
