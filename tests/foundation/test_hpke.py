"""Public-key sealing (公钥密封): opens for its key and its purpose only; browser and server read each other."""

from __future__ import annotations

import gzip

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given, settings
from hypothesis import strategies as st

from sangesan.foundation import hpke

MINE, THEIRS = hpke.generate()
# Sealed once with the code of RFC 9180 in `cryptography`; what was sealed must open in years to come.
KEPT = (
    "6b45fd6b02a327cedd7670f3062afee7c9691ab4a72a65191115dbbbbf9df0de",
    "04f0728a8d52408276a8e4ccc10c6452fa9fbbfdabac0e3999e1351c89d24f15b129591efb2b629c19b7a13f9c5dcb69"
    "997b387f2e89230f54d199bde1ea370974dbe97e275d9c578e5873ca010d747a9aaed086a0ef4faecc2a840558c5eb4e"
    "302c2df3b6882a2c91",
)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=3_000), st.text(max_size=60))
def test_what_was_sealed_opens_for_its_key_and_its_purpose_only(plain, info):
    sealed = hpke.seal(THEIRS, plain, info=info)
    assert len(sealed) == len(plain) + hpke.OVERHEAD
    assert hpke.unseal(MINE, sealed, info=info) == plain
    assert hpke.unseal(MINE, sealed, info=info + "x") is None
    assert hpke.unseal(hpke.generate()[0], sealed, info=info) is None
    assert hpke.seal(THEIRS, plain, info=info) != sealed


def test_any_changed_byte_and_any_stump_is_refused():
    sealed = hpke.seal(THEIRS, "三号举报件".encode(), info="x")
    for at in (0, 1, 40, 64, 65, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        assert hpke.unseal(MINE, bytes(changed), info="x") is None
    for size in (0, 1, 64, 80):
        assert hpke.unseal(MINE, sealed[:size], info="x") is None


def test_only_a_point_of_the_curve_is_a_public_key():
    assert hpke.valid(THEIRS) and hpke.public_of(MINE) == THEIRS
    assert not any(hpke.valid(bad) for bad in (b"", b"\x04" + b"\x01" * 64, THEIRS[:64], THEIRS + b"\x00", b"\x00"))


def test_what_was_sealed_long_ago_still_opens():
    private, sealed = map(bytes.fromhex, KEPT)
    assert hpke.unseal(private, sealed, info="sangesan kept") == "只有持钥人能打开".encode()


def script() -> str:
    with open(finders.find("hpke/hpke.js")) as source:
        return source.read()


def test_the_script_is_small():
    assert len(gzip.compress(script().encode(), 9)) <= 2_000


ASK = """async ([open, secret, sealed, plain, info]) => {
  const of = (hex) => new Uint8Array(hex.match(/../g)?.map((two) => parseInt(two, 16)) ?? []);
  const hex = (made) => [...made].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const read = (about) => hpke.open(of(secret), of(open), of(sealed), about);
  const refused = await read(info + "x").then(() => "opened", (error) => error.name);
  return [hex(await read(info)), hex(await hpke.seal(of(open), of(plain), info)), refused];
}"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plain", [b"", "皮带巷一氧化碳报警响了半班没人管".encode(), bytes(range(256)) * 40])
def test_browser_and_server_open_what_the_other_sealed(page, live_server, plain):
    page.goto("/privacy/")
    page.evaluate(script())
    sealed = hpke.seal(THEIRS, plain, info="两边 一样")
    opened, made, refused = page.evaluate(ASK, [THEIRS.hex(), MINE.hex(), sealed.hex(), plain.hex(), "两边 一样"])
    assert bytes.fromhex(opened) == plain
    assert hpke.unseal(MINE, bytes.fromhex(made), info="两边 一样") == plain
    assert refused == "OperationError"
