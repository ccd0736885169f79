"""The public entrance in a real browser (公共入口)."""


def test_the_entrance_opens_and_asks_nobody_else(page):
    assert page.goto("/").status == 200
    assert "三个三" in page.content()
