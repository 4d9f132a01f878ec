"""What sort of unit a name most likely is of, where nobody has said it."""

from __future__ import annotations

_SIGNS = (
    ("学校", ("学校", "小学", "中学", "高中", "大学", "学院", "幼儿园", "职校")),
    ("妇联", ("妇联", "妇女联合会")),
    ("社区", ("社区", "居委会", "居民委员会")),
    ("村", ("村委会", "村民委员会")),
    ("企业", ("公司", "集团", "工厂")),
    ("机关", ("管理局", "教育局", "公安局", "厅", "政府", "委员会", "办公室")),
)
"""From the surest on: a 社区幼儿园 is a school."""


def kind_by_name(name: str) -> str:
    """The kind of unit that a name tells; 其他 where it tells none."""
    return next((kind for kind, signs in _SIGNS if any(sign in name for sign in signs)), "其他")
