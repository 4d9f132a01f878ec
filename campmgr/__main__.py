"""`python -m campmgr`."""

from campmgr.cli import main

if __name__ == "__main__":
    main()
