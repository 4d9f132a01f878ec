"""The words of the pages. Chinese is the source language: a msgid is the Chinese sentence, so Chinese needs no catalogue.

Catalogues of other languages are campmgr/locale/LANG/LC_MESSAGES/campmgr.mo, made by Babel from what `babel.cfg` names.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

SOURCE = "zh-CN"
_DOMAIN = "campmgr"
_FOLDER = Path(__file__).resolve().parents[1] / "locale"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The sentences of a language; the source's own where none were translated."""
    return gettext.translation(_DOMAIN, _FOLDER, [language.replace("-", "_")], fallback=True)


def language() -> str:
    """The language of the page in hand."""
    return SOURCE


def _(sentence: str) -> str:
    """A sentence in the language of the page in hand."""
    return catalogue(language()).gettext(sentence)


def _several(one: str, many: str, number: int) -> str:
    return catalogue(language()).ngettext(one, many, number)


def speak(app: Flask) -> None:
    """Let templates say `_('…')`, with values by name: `_('共 %(n)s 人', n=3)`. A name that is not there is an error."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(_, _several, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    environment.globals["language"] = language
