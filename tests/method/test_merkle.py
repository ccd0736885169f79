"""Merkle trees: the RFC's cases, and the proofs by properties."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from sangesan.method import merkle

commitments = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


def by_the_letter(data: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, recursive as it stands there."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    split = 1
    while split * 2 < len(data):
        split *= 2
    return sha256(b"\x01" + by_the_letter(data[:split]) + by_the_letter(data[split:])).digest()


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert merkle.root([]) == sha256(b"").digest()


@given(commitments)
def test_the_root_is_the_one_of_the_rfc(data):
    assert merkle.root([merkle.leaf(d) for d in data]) == by_the_letter(data)


@given(commitments, st.randoms())
def test_the_root_of_a_batch_tells_no_order(data, random):
    shuffled = data[:]
    random.shuffle(shuffled)
    assert merkle.batch_root(shuffled) == merkle.batch_root(data)


@given(commitments.filter(bool), st.data())
def test_every_leaf_has_a_proof_and_no_other_leaf_or_place_takes_it(data, draw):
    leaves = [merkle.leaf(d) for d in data]
    index = draw.draw(st.integers(0, len(leaves) - 1))
    path, root, size = merkle.proof(leaves, index), merkle.root(leaves), len(leaves)
    assert merkle.proves(path, leaf=leaves[index], index=index, size=size, root=root)
    assert not merkle.proves(path, leaf=merkle.leaf(b"another"), index=index, size=size, root=root)
    assert not merkle.proves([*path, root], leaf=leaves[index], index=index, size=size, root=root)
    assert not merkle.proves(path, leaf=leaves[index], index=size, size=size, root=root)
    if path:
        assert not merkle.proves(path[1:], leaf=leaves[index], index=index, size=size, root=root)


@given(commitments.filter(bool), st.data())
def test_any_changed_bit_changes_the_root(data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    bit = draw.draw(st.integers(0, 255))
    flipped = (int.from_bytes(data[index]) ^ (1 << bit)).to_bytes(32)
    assert merkle.batch_root([*data[:index], flipped, *data[index + 1:]]) != merkle.batch_root(data)
