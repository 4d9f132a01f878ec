"""`python -m campmgr`."""

from __future__ import annotations

from campmgr.cli import main

if __name__ == "__main__":
    main()
