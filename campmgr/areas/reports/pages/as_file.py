"""A report as the file that is asked for."""

from __future__ import annotations

from campmgr.areas.reports.files.grid import Grid
from campmgr.web.current import press
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.respond import Answer


def grid_file(grid: Grid, name: str, ending: str) -> Answer:
    """A report as a workbook ("xlsx") or as pages to print ("pdf"), under a name without its ending."""
    name = f"{name}.{ending}"
    return download(grid.pdf(press()), name, PDF) if ending == "pdf" else download(written(grid.write), name, XLSX)
