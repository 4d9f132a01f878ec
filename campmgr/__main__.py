"""`python -m campmgr`."""

from __future__ import annotations

from campmgr.app.commands import main

if __name__ == "__main__":
    main()
