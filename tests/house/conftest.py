"""What the walks through the house begin with."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import databases
from tests.cast import Cast
from tests.house import furnishing, walking


@pytest.fixture
def app(store: databases.Store) -> Flask:
    """The application with a file in it that waits to be imported."""
    return store.refresh_with("a file received", furnishing.receive)


@pytest.fixture
def found(session: Session, cast: Cast) -> walking.Samples:
    """Values for every address."""
    samples = walking.samples(session, cast)
    session.commit()
    return samples


@pytest.fixture
def address(app: Flask, found: walking.Samples) -> Any:
    """The address of an endpoint in the first society, or with some values otherwise."""

    def of(place: walking.Endpoint, **others: Any) -> str:
        values = found.values_of(place)
        return walking.address(app, place, values | {k: v for k, v in others.items() if k in values})

    return of
