"""What a WSGI server serves."""

from registry.app import create_app

app = create_app()
