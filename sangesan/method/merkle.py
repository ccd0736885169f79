"""Merkle trees (默克尔树) as in RFC 9162, section 2.1: one root for a batch, a short proof for each leaf.

A leaf is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right); the two prefixes keep a node
from passing for a leaf. An odd last node rises unchanged, which gives the RFC's tree level by
level, without recursion.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """Return the leaf of a datum (叶), 32 bytes."""
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the node above two nodes (节点), 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves in their order (树根); of none, the hash of nothing.

    >>> root([]).hex()[:16]
    'e3b0c44298fc1c14'
    >>> one, two, three = leaf(b"1"), leaf(b"2"), leaf(b"3")
    >>> root([one]) == one
    True
    >>> root([one, two, three]) == node(node(one, two), three)
    True
    """
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else EMPTY


def batch_root(commitments: Sequence[bytes]) -> bytes:
    """Return the root of a sealed batch (批次根): its leaves are sorted, so it tells no order.

    >>> batch_root([b"b", b"a"]) == batch_root([b"a", b"b"])
    True
    """
    return root(sorted(leaf(c) for c in commitments))


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the inclusion proof of one leaf (包含证明): the neighbours on its way to the root.

    Raises IndexError when there is no such leaf.

    >>> leaves = [leaf(b"1"), leaf(b"2"), leaf(b"3")]
    >>> proof(leaves, 2) == [node(leaves[0], leaves[1])]
    True
    """
    return climb(levels(leaves), index)


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return all levels of the tree (各层), leaves first: made once for many proofs."""
    found = [list(leaves)]
    while len(found[-1]) > 1:
        found.append(_above(found[-1]))
    return found


def climb(levels: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """Return the neighbours on a leaf's way to the root (上行路径)."""
    if not 0 <= index < len(levels[0]):
        raise IndexError(index)
    return [level[index >> up ^ 1] for up, level in enumerate(levels[:-1]) if index >> up ^ 1 < len(level)]


def proves(path: Sequence[bytes], *, leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Return whether a proof leads from a leaf to a root (验证包含), RFC 9162 section 2.1.3.2.

    >>> leaves = [node(b"", bytes([n])) for n in range(5)]
    >>> proves(proof(leaves, 4), leaf=leaves[4], index=4, size=5, root=root(leaves))
    True
    >>> proves(proof(leaves, 4), leaf=leaves[3], index=4, size=5, root=root(leaves))
    False
    """
    if not 0 <= index < size:
        return False
    last, here, rest = size - 1, leaf, list(path)
    while last:
        if index & 1:
            if not rest:
                return False
            here = node(rest.pop(0), here)
        elif index < last:
            if not rest:
                return False
            here = node(here, rest.pop(0))
        index, last = index >> 1, last >> 1
    return not rest and here == root


def _above(level: list[bytes]) -> list[bytes]:
    """Return the next level up (上一层); an odd last node rises unchanged."""
    pairs = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[len(level) - len(level) % 2:]
