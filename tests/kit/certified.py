"""A small vocabulary for certificates across nodes: a province and two schools that hold nothing of each other."""

from __future__ import annotations

from campmgr.areas.certificates.actions import issuing as certificates
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.queries.finding import find_person
from campmgr.facts import world as worlds
from tests.kit.called import unit_called
from tests.kit.story import Cast, Node

ALL = Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭")


def province_and_two_schools(cast: Cast) -> tuple[Node, Node, Node]:
    """The camp's root, and two laptops it enrolled for a school each."""
    root = cast.root(lessons=(ALL,))
    root.adds("S1", "350102", "学校", name="第一小学")
    root.adds("S2", "350103", "学校", name="第二小学")
    one, two = cast.new("第一小学的电脑"), cast.new("第二小学的电脑")
    root.enrols(one, "S1")
    root.enrols(two, "S2")
    return root, one, two


def certified(node: Node, unit: str = "S1", name: str = "张三", number: str = "001") -> str:
    """Somebody joins, learns and gets a certificate; the text of its QR code."""
    node.joins(unit, name, number)
    with node.store.writing() as w:
        person = find_person(w, number)
    node.marks(person.person, "V8")
    node.marks(person.person, condition="sign_in")
    node.do(certificates.issue)
    return printed(node, unit, name)


def printed(node: Node, unit: str = "S1", name: str = "") -> str:
    """The statement that is printed for somebody of a unit, for the last in order where no name is given."""
    prints = node.see(lambda r: certificate_prints(r, worlds.load(r), unit_called(r, unit)))
    return str([each for each in prints if name in {"", each.name}][-1].statement)
