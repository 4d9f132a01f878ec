"""The templates of the pages, each read once, however many ask for one at once."""

from __future__ import annotations

from threading import RLock
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template


class Templates(Environment):
    """When a class opens one page at one moment, the first of them reads its template and the others wait for that alone: each
    reading it for itself would keep both processors busy for seconds.
    """

    def __init__(self, app: Flask, **more: Any) -> None:
        super().__init__(app, **more)
        self._reading = RLock()

    def get_template(self, *name: Any, **more: Any) -> Template:
        """A template, read where nobody has asked for it yet."""
        with self._reading:
            return super().get_template(*name, **more)
