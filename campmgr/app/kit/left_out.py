"""The one list of what a kit leaves out, and of what it carries packed, with the reason for each; docs/kit.md says what it saves.

`python -m tests.acceptance.real_kit` makes a kit by it and does with it whatever the program can do.
"""

from __future__ import annotations

from fnmatch import fnmatch

_PYTHON = (
    "test", "tests", "unittest", "doctest.py", "_test*", "_ctypes_test*", "_xxtestfuzz*", "xxlimited*",  # tests
    "idlelib", "turtledemo", "turtle.py", "tkinter", "_tkinter*", "tcl*", "tk8*", "tk9*",  # windows of its own
    "curses", "_curses*",
    "ensurepip", "site-packages", "venv", "distutils", "venvlauncher*", "venvwlauncher*", "Scripts",  # installs other programs
    "config-3*", "*.a", "*.lib", "*.pdb", "pkgconfig", "include", "Include", "libs", "lib2to3", "Tools",  # builds other programs
    "pydoc_data", "pydoc.py", "Doc", "share",  # books
    "nntplib.py", "imaplib.py", "poplib.py", "telnetlib.py", "smtpd.py", "mailbox.py", "xmlrpc", "msilib",  # talks of other sorts
    "audioop*", "ossaudiodev*", "nis.*", "spwd.*", "_lsprof*", "readline.*",  # sound, other people's passwords, what typing needs
    "_codecs_jp*", "_codecs_kr*", "_codecs_iso2022*",  # Japanese and Korean: tables come in Chinese encodings
    "__pycache__",
)  # fmt: skip
"""Names of files and folders in an archive of Python."""

_PACKAGES = (
    "*.pyi", "*.pyc", "*/tests/*", "*/test/*", "*.data/*",  # hints for editors, tests, what a script would install
    "*.dist-info/RECORD", "*.dist-info/sboms/*", "*.dist-info/INSTALLER", "*.dist-info/*.txt",
    "pypinyin/phrases_dict*", "pypinyin/tools/*", "pypinyin/__pyinstaller/*",  # config.leave_phrases_out: never loaded
    "cffi/*",  # what builds bindings; what loads them is _cffi_backend
    "dateutil/zoneinfo/*.tar.gz",  # zones of the world; the program knows its own
    "PIL/_avif*", "pillow.libs/libavif*", "PIL/_imagingft*", "PIL/_imagingtk*", "PIL/_imagingcms*", "pillow.libs/liblcms2*",
    "pillow.libs/libfreetype*", "pillow.libs/libharfbuzz*", "pillow.libs/libpng16*", "pillow.libs/libbrotli*", "PIL/_imagingmorph*",
)  # fmt: skip
"""Paths in wheels; of pictures only how other sorts are read and how text is drawn."""

_KEPT = ("*.dist-info/licenses/*", "*.dist-info/METADATA", "*.dist-info/WHEEL", "*.dist-info/entry_points.txt")

NOT_FETCHED = ("pip", "setuptools", "pycparser", "tzdata")
"""Asked for by others, and never imported when the program runs."""

PACKED = ("typst/_typst.*",)
"""Carried packed (.xz), and unpacked beside itself when somebody prints for the first time (`campmgr/files/typesetting.py`)."""


def of_python(name: str) -> bool:
    """Whether a file or folder of this name is left out of an archive of Python."""
    return any(fnmatch(name, each) for each in _PYTHON)


def of_packages(path: str) -> bool:
    """Whether the file at this path is left out of a wheel."""
    return any(fnmatch(path, each) for each in _PACKAGES) and not any(fnmatch(path, each) for each in _KEPT)
