"""A pack as a file: who opens what of it, what a finder sees, and that unpacking stays small (docs/formats.md#packs)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.errors import BadInput, NotAllowed
from campmgr.ledger.chunks import ChunkWriter, opened_chunks
from campmgr.ledger.envelope import Stream, genesis, people_scope
from campmgr.ledger.seal import new_key
from campmgr.store.ledger import own_sealing_key, own_sealing_keys
from tests.kit.packs import Written, pack_of_lines, places_of
from tests.kit.story import Cast, Node
from tests.nodes.make_golden_pack import PACK, TOLD, told_of


def _reads(node: Node, pack: Path) -> PackReader:
    return PackReader(pack, node.see(own_sealing_keys))


def _family(cast: Cast) -> tuple[Node, Node, Node, Node]:
    """A province, a county below it, and two schools below the county; each school has registered somebody."""
    province, county, one, other = cast.root(), cast.new("县"), cast.new("一小"), cast.new("二小")
    province.enrols(county, "350102")
    county.adds("S1", "350102", "学校")
    county.adds("S2", "350102", "学校")
    county.enrols(one, "S1")
    county.enrols(other, "S2")
    for school, unit, name in ((one, "S1", "欧阳甲"), (other, "S2", "欧阳乙")):
        school.joins(unit, name, "001")
        school.sends(county)
    return province, county, one, other


def test_a_pack_for_the_neighbours_opens_for_each_of_them_as_far_as_their_grant_goes(cast):
    province, county, one, other = _family(cast)
    pack = county.packed()
    assert set(_reads(one, pack).head.made_for) == {province.id, one.id, other.id}
    everything = {row.stream.scope for row in PackReader(pack).rows()}
    readable = {
        node: {scope for scope in everything if _reads(node, pack).key_of(scope)} for node in (province, county, one, other)
    }
    assert readable[province] == readable[county] == everything
    scopes = [people_scope(county.unit(code)) for code in ("S1", "S2")]
    assert readable[one] == everything - {scopes[1]}
    assert readable[other] == everything - {scopes[0]}
    taken = one.takes(pack)
    assert {each.stream.scope for each in taken.segments if each.result == "not_for_here"} == {scopes[1]}


def test_a_pack_for_one_node_opens_for_nobody_else(cast):
    province, county, one, other = _family(cast)
    pack = county.packed(one.id)
    assert [_reads(node, pack).is_readable for node in (one, county, other, province)] == [True, True, False, False]
    with pytest.raises(NotAllowed) as refusal:
        other.takes(pack)
    assert refusal.value.reason == "sealed_pack"


def test_a_finder_reads_the_head_and_no_name(cast):
    _, county, *_ = _family(cast)
    pack = county.packed()
    assert "欧阳".encode() in county.bytes_on_disk()
    assert "欧阳".encode() not in pack.read_bytes()
    front = pack.read_bytes()[: places_of(pack)[0]].decode("ascii").splitlines()
    assert front[0] == "campmgr pack 1"
    assert set(json.loads(front[1])) == {"answers", "at", "by", "campaign", "for", "letters", "segments"}
    assert all(type(part) in {str, int} for line in front[2:] for part in json.loads(line))


def test_an_altered_day_of_making_is_seen(cast, tmp_path):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    data = root.packed(county.id).read_bytes()
    altered = tmp_path / "altered.pack"
    altered.write_bytes(data.replace(b'"at":"2023-', b'"at":"2022-', 1))
    with pytest.raises(BadInput) as refusal:
        county.takes(altered)
    assert refusal.value.reason == "damaged_pack"


def test_a_file_opens_packs_with_every_key_it_ever_had(cast):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    root.joins("350102", "甲", "001")
    before = root.packed(county.id)
    copy = cast.add(county.copied("另一台"))
    assert copy.see(own_sealing_key) != county.see(own_sealing_key)
    assert copy.takes(before).new > 0
    copy.sends(root)
    after = root.packed(county.id)
    assert [_reads(node, after).is_readable for node in (county, copy)] == [True, True]


def test_chunks_open_in_their_place_and_whole_alone():
    key, closed = b"k" * 32, bytearray()
    writing = ChunkWriter(key, 7, closed.extend)
    content = bytes(range(256)) * 1024
    for at in range(0, len(content), 999):
        writing.add(content[at : at + 999])
    writing.end()

    def opened(data: bytes, run: int = 7) -> bytes:
        rest = bytearray(data)

        def read(size: int) -> bytes:
            part = bytes(rest[:size])
            del rest[:size]
            return part

        return b"".join(opened_chunks(key, run, len(data), read))

    one = (1 << 16) + 16
    assert opened(bytes(closed)) == content
    for wrong in (
        closed[:-1],
        closed[:-16],
        closed[:one],
        closed[one:],
        closed[one : 2 * one] + closed[:one] + closed[2 * one :],
        b"",
    ):
        with pytest.raises(ValueError, match="in this place"):
            opened(bytes(wrong))
    with pytest.raises(ValueError, match="in this place"):
        opened(bytes(closed), run=8)


_ACCEPTED = """
import sys
from pathlib import Path
from campmgr.areas.nodes.files.packs import accept_pack
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import CampError
from campmgr.store import data_file
from tests.bench.one_work import peak
store = data_file.open_file(Path(sys.argv[1]), CATALOGUE)
try:
    accept_pack(store, Path(sys.argv[2]))
except CampError as refusal:
    print(refusal.reason, peak() // 1024)
"""
_LINE = 4 << 20


@pytest.mark.parametrize(
    "line",
    [b"0" * (100 << 20), b"[" + b'{"":0},' * (_LINE // 7 - 2) + b"0]", b"[" + b"{}," * (_LINE // 3 - 2) + b"0]", b"[" * _LINE],
    ids=["one long line", "many small things", "many empty things", "depth"],
)
def test_what_unpacks_to_a_mountain_takes_little_memory(cast, line):
    root, key = cast.root(), new_key()
    stream, campaign = Stream("public", key.writer), root.world.campaign
    first = json.dumps([genesis(campaign, stream).chain, "", "", "", key.public]).encode()
    parts = [Written(stream, 1, 1, [first, line])]
    pack = pack_of_lines(key, campaign, root.folder / "bomb.pack", parts, root.see(own_sealing_key).public)
    assert pack.stat().st_size < 200_000
    assert _peak(root, pack) < 200


def test_what_is_no_pack_is_not_read(cast):
    root = cast.root()
    other = root.folder / "film.mp4"
    with other.open("wb") as file:
        file.truncate(4 << 30)
    assert _peak(root, other) < 100


def _peak(node: Node, pack: Path) -> int:
    """The largest memory in MB of a program that finds a pack to be damaged."""
    node.close()
    environment = os.environ | {"CAMPMGR_STATE": str(node.state)}
    command = [sys.executable, "-c", _ACCEPTED, str(node.path), str(pack)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    reason, peak = done.stdout.split()
    assert reason == "damaged_pack"
    return int(peak)


def test_a_pack_of_format_1_is_read_by_every_later_version():
    golden = json.loads(TOLD.read_text("utf-8"))
    assert told_of(PACK, *golden["key"]) == golden["told"]
