"""评审.html: a judge's form as one page that works from a stick, with no network and no program of ours (docs/judging.md#packs)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from campmgr.areas.judging.files.score_sheet import ENDS, KEYS, head_line, how_to
from campmgr.areas.judging.rules.score_form import ABSTAINED, RECUSED, ScoreForm
from campmgr.config import package_folder

_PARTS = Path(__file__).with_name("judge_page")


def judge_file(form: ScoreForm) -> bytes:
    """The page. What others wrote is data in it, never markup."""
    data = {
        "form": form.code, "title": form.title, "activity": form.activity, "round": form.round, "judge": form.judge,
        "head": head_line(form), "how": how_to(form), "scale": form.scale, "step": form.step, "closes": form.closes_at,
        "sealed_for": form.sealed_for,
        "criteria": list(form.criteria), "anchors": [list(each) for each in form.anchors],
        "headings": [*KEYS, *form.criteria, *ENDS], "recused": RECUSED, "abstained": ABSTAINED,
        "works": [{"number": form.number(each), "title": each.title, "kind": each.kind, "theme": each.theme, "words": each.words,
                   "link": each.link, "files": list(each.files)} for each in form.works],
    }  # fmt: skip
    page = (_PARTS / "page.html").read_text("utf-8")
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    for mark, content in (("style", _style()), ("script", _script()), ("data", told)):  # what others wrote comes last
        page = page.replace(f"/*{{{mark}}}*/", content, 1)
    return page.encode()


@cache
def _style() -> str:
    shared = ((package_folder("static") / name).read_text("utf-8") for name in ("campmgr.css", "judge.css"))
    return "\n".join((*shared, (_PARTS / "page.css").read_text("utf-8")))


@cache
def _script() -> str:
    static = package_folder("static")
    shared = ((static / name).read_text("utf-8") for name in ("vendor/nacl-fast.min.js", "bytes.js", "sliders.js"))
    script = ";\n".join((*shared, *((_PARTS / name).read_text("utf-8") for name in ("sealing.js", "keeping.js", "page.js"))))
    if "</script" in script:
        raise ValueError("a script that would end itself")
    return script
