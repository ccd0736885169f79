"""Changes of triage help (分办辅助): suggest, forget, learn."""

from .learning import NotEnough, learn_habits, retrain, train_own
from .suggesting import forget, suggest_due

__all__ = ["NotEnough", "forget", "learn_habits", "retrain", "suggest_due", "train_own"]
