"""Training (训练): two linear judges over the same features, averaged, calibrated on letters not seen.

scikit-learn is imported here alone, and only when training begins: web processes never do.
The support vector machine and its twin over class ratios (NB-SVM) err at different letters; their
mean is again linear, so one set of weights is kept. Measured against others in docs/adr.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from .features import Rows, learned
from .likeness import Likeness
from .model import Model, softmax
from .quality import Quality, measured
from .reading import Said, words

SEED = 20261122
LEAST = 5
"""A word counts from so many letters on: what stands in fewer might name a person."""
MOST, MOST_WEIGHTS = 200_000, 3_000_000
"""Features at most, and weights (features × categories): a model file stays under 10 MB."""
FOLDS = 5
FEWEST = 20
"""Letters needed to train at all (最少篇数), in two categories of at least LEAST each, not all of them copies."""
COPIES = 0.8
"""Letters that are so much alike are near copies (近似)."""
MARGIN_COST, RATIO_COST, RATIO_SMOOTHING = 1.0, 0.2, 0.1


@dataclass(frozen=True)
class Letter:
    """A letter whose category is known (已归类来信). Letters of one `group` are near copies."""

    said: Said
    category: str
    group: str = ""


class TooFew(ValueError):
    """Too few letters, copies of one counted once, or of one category only (来信太少).

    `given` letters came in `named` categories; of `kept` categories there are enough that are not all alike, and
    `unlike` letters in them.
    """

    def __init__(self, unlike: int, given: int, named: int, kept: int) -> None:
        super().__init__(unlike, given, named, kept)
        self.unlike, self.given, self.named, self.kept = unlike, given, named, kept


def train(letters: Sequence[Letter], *, wanted: float = 0.95, seed: int = SEED) -> tuple[Model, Quality]:
    """Train a model (训练) and say how good it is on letters it did not see.

    Calibration and threshold come from the same cross-validation; near copies stay on one side.
    Raises TooFew.
    """
    letters = usable(letters)
    categories, truth = _categories(letters)
    said = [letter.said for letter in letters]
    most = min(MOST, MOST_WEIGHTS // len(categories))
    features = learned(said, least=LEAST, most=most)
    unseen = np.zeros((len(letters), len(categories)))
    for held, kept in folds(letters, truth, seed):
        part = learned([said[i] for i in kept], least=LEAST, most=most)
        weights, bias = _judges(_matrix(part.rows(said[i] for i in kept), part.idf), truth[kept], len(categories))
        unseen[held] = _matrix(part.rows(said[i] for i in held), part.idf) @ weights + bias
    turn, shift = _calibrated(unseen, truth, len(categories))
    honest = np.zeros_like(unseen)
    for held, kept in folds(letters, truth, seed + 1):
        other = _calibrated(unseen[kept], truth[kept], len(categories))
        honest[held] = softmax(unseen[held] @ other[0] + other[1])
    quality = measured(honest, truth, wanted)
    weights, bias = _judges(_matrix(features.rows(said), features.idf), truth, len(categories))
    told = {"wanted": wanted, "seed": seed, "quality": asdict(quality), "per_category": dict(
        sorted(Counter(letter.category for letter in letters).items()))}
    return Model(tuple(categories), features, (weights @ turn).astype(np.float32),
                 (bias @ turn + shift).astype(np.float32), quality.threshold, told), quality


def usable(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters of categories with enough of them (可用来信). Raises TooFew.

    A category that is one letter many times over is left out: nobody can say how well it is known.
    """
    many = Counter(letter.category for letter in letters)
    apart = Counter(category for category, _name in {(x.category, _name(x)) for x in letters})
    kept = [letter for letter in letters if many[letter.category] >= LEAST and apart[letter.category] > 1]
    unlike = len({_name(letter) for letter in kept})
    categories = {letter.category for letter in kept}
    if len(kept) < FEWEST or unlike < FOLDS or len(categories) < 2:
        raise TooFew(unlike, len(letters), len(many), len(categories))
    return kept


def _name(letter: Letter) -> str:
    """Return what near copies have in common (同一组): the group they were given, or the same words."""
    return letter.group or " ".join(words(letter.said))


def folds(letters: Sequence[Letter], truth: np.ndarray, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return (held out, kept) places (分折); letters of one group, or of the same words, stay together."""
    from sklearn.model_selection import StratifiedGroupKFold

    groups = np.unique([_name(letter) for letter in letters], return_inverse=True)[1]
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    return [(held, kept) for kept, held in split.split(truth, truth, groups)]


def grouped(letters: Sequence[Letter]) -> list[Letter]:
    """Return letters with near copies put into one group (近似归组): else a model seems better than it is.

    Two copies are enough to be told by, for nothing of the index outlives the split; a group given is kept.
    """
    index = Likeness(least=2)
    index.fill((place, f"{letter.said.title}{letter.said.text}") for place, letter in enumerate(letters))
    first: dict[str, int] = {}
    group = [first.setdefault(_name(letter), place) for place, letter in enumerate(letters)]
    for place, letter in enumerate(letters):
        for other, _mark in index.like(f"{letter.said.title}{letter.said.text}", most=20, floor=COPIES):
            group[place] = min(group[place], group[other])
    return [replace(letter, group=letter.group or f"≈{name}") for letter, name in zip(letters, group, strict=True)]


def _categories(letters: Sequence[Letter]) -> tuple[list[str], np.ndarray]:
    names, truth = np.unique([letter.category for letter in letters], return_inverse=True)
    return [str(name) for name in names], truth


def _matrix(rows: Rows, idf: np.ndarray):
    from scipy.sparse import csr_matrix

    return csr_matrix((rows.values, rows.columns, rows.starts), shape=(len(rows), len(idf)))


def _judges(matrix, truth: np.ndarray, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias of the two judges' mean (两法平均), each brought to the same spread."""
    from scipy.sparse import diags
    from sklearn.svm import LinearSVC

    margin, ratio = np.zeros((2, matrix.shape[1], many)), np.zeros((2, many))
    for place in range(many):
        mine = truth == place
        if not mine.any():  # all its letters are held out together: to these judges it is what nothing looks like
            ratio[:, place] = -1.0
            continue
        plain = LinearSVC(C=MARGIN_COST, random_state=SEED).fit(matrix, mine)
        margin[0][:, place], ratio[0][place] = plain.coef_[0], plain.intercept_[0]
        telling = _ratio(matrix, mine)
        scaled = LinearSVC(C=RATIO_COST, random_state=SEED).fit(matrix @ diags(telling), mine)
        margin[1][:, place], ratio[1][place] = scaled.coef_[0] * telling, scaled.intercept_[0]
    spreads = [float(np.std(matrix @ margin[i] + ratio[i])) or 1.0 for i in (0, 1)]
    return sum(margin[i] / spreads[i] for i in (0, 1)), sum(ratio[i] / spreads[i] for i in (0, 1))


def _ratio(matrix, mine: np.ndarray) -> np.ndarray:
    """Return how much more often a feature stands with the category than without (对数比)."""
    here = np.asarray(matrix[mine].sum(axis=0)).ravel() + RATIO_SMOOTHING
    there = np.asarray(matrix[~mine].sum(axis=0)).ravel() + RATIO_SMOOTHING
    return np.log((here / here.sum()) / (there / there.sum())).astype(np.float32)


def _calibrated(marks: np.ndarray, truth: np.ndarray, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Return turn and shift that make probabilities of scores (校准): multinomial, on letters not seen."""
    from sklearn.linear_model import LogisticRegression

    if len(np.unique(truth)) < many:
        return np.eye(many), np.zeros(many)
    fit = LogisticRegression(C=1.0, solver="newton-cholesky").fit(marks, truth)
    if many == 2:
        half = np.column_stack([-fit.coef_[0], fit.coef_[0]]) / 2
        return half, np.array([-fit.intercept_[0], fit.intercept_[0]]) / 2
    return fit.coef_.T, fit.intercept_
