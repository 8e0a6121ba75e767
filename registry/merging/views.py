"""Likely twins as pages."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("merging", __name__, url_prefix="/societies/<slug>/twins")
