"""A report as the file that is asked for: of what stands now, and saying so where the page showed something else."""

from __future__ import annotations

from dataclasses import replace

from campmgr.areas.reports.files.grid import Grid
from campmgr.areas.reports.pages.asked import is_changed
from campmgr.web.current import press
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.respond import Answer

CHANGED = "页面打开以后，这张表有变化（数字、名称，或单位移动、关闭）；这里是现在的，与当时看到的不同。"


def grid_file(grid: Grid, name: str, ending: str) -> Answer:
    """A report as a workbook ("xlsx") or as pages to print ("pdf"), under a name without its ending."""
    name = f"{name}.{ending}"
    grid = replace(grid, notes=(*grid.notes, CHANGED)) if is_changed(grid.code) else grid
    return download(grid.pdf(press()), name, PDF) if ending == "pdf" else download(written(grid.write), name, XLSX)
