"""Hands at a page (手上的活): what is typed and chosen in a browser test is counted, and said in minutes."""

from __future__ import annotations

A_MINUTE = 40
"""Characters a secretary types in a minute (每分钟字数)."""
A_CHOICE = 3
"""Seconds for a choice or a tap (每次点选秒数)."""


class Hands:
    """What the hands do (手上的活): characters typed, choices and taps made."""

    def __init__(self, page) -> None:
        self.page, self.typed, self.taps = page, 0, 0

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.taps += 1

    def fill(self, name: str, text: str) -> None:
        self.page.fill(f"main [name={name}]", text)
        self.typed += len(text)

    def choose(self, name: str, value: str) -> None:
        self.page.select_option(f"[name={name}]", value)
        self.taps += 2

    def pick(self, name: str, value: str) -> None:
        self.page.locator(f'label:has([name={name}][value="{value}"])').click()
        self.taps += 1

    def press(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main button:visible", has_text=words).first.click()
        self.taps += 1

    @property
    def minutes(self) -> float:
        return self.typed / A_MINUTE + self.taps * A_CHOICE / 60
