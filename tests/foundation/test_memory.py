"""What is remembered is forgotten within seconds."""

from sangesan.foundation import memory


def asked(monkeypatch, seconds):
    monkeypatch.setattr(memory.settings, "MEMORY_SECONDS", seconds, raising=False)
    calls = []

    @memory.remembered
    def ask(value):
        calls.append(value)
        return value

    return ask, calls


def test_the_same_question_is_asked_once(monkeypatch):
    ask, calls = asked(monkeypatch, 5)
    assert [ask(1), ask(1), ask(2)] == [1, 1, 2]
    assert calls == [1, 2]


def test_memory_ends(monkeypatch):
    ask, calls = asked(monkeypatch, 5)
    moment = [0.0]
    monkeypatch.setattr(memory.time, "monotonic", lambda: moment[0])
    ask(1)
    moment[0] = 6.0
    ask(1)
    assert calls == [1, 1]


def test_memory_can_be_switched_off(monkeypatch):
    ask, calls = asked(monkeypatch, 0)
    ask(1), ask(1)
    assert calls == [1, 1]


def test_whoever_knows_of_a_change_makes_it_ask_again(monkeypatch):
    ask, calls = asked(monkeypatch, 5)
    ask(1)
    ask.forget()
    ask(1)
    assert calls == [1, 1]
