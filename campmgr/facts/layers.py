"""What grows and must not change under whoever reads it: a mapping in layers, of which the larger ones are shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, Self, TypeVar, overload

_Value = TypeVar("_Value")
_Other = TypeVar("_Other")


_LARGE = 40_000
"""A layer of so many is copied no more: for a moment both stand in memory."""


class Layers(Mapping[str, _Value], Generic[_Value]):
    """A mapping that never changes. `with_more` makes another, and copies only what is not much larger than what is added: so a
    hundred small additions to a large one cost a hundred small copies.
    """

    def __init__(self, *layers: Mapping[str, _Value]) -> None:
        self._layers: tuple[Mapping[str, _Value], ...] = tuple(layer for layer in layers if layer)
        self._newest_first = self._layers[::-1]

    def with_more(self, fresh: Mapping[str, _Value]) -> Self:
        """With what is `fresh`, which counts where the key is there already."""
        layers = [*self._layers, fresh]
        while len(layers) > 1 and len(layers[-2]) <= min(2 * len(layers[-1]), _LARGE):
            layers[-2:] = [{**layers[-2], **layers[-1]}]
        return type(self)(*layers)

    def unordered(self) -> Iterator[_Value]:
        """Every value, in no order."""
        last = len(self._layers) - 1
        for place, layer in enumerate(self._layers):
            above = self._layers[place + 1 :]
            if place == last:
                yield from layer.values()
            else:
                yield from (value for key, value in layer.items() if not any(key in each for each in above))

    @overload
    def get(self, key: str, /) -> _Value | None: ...
    @overload
    def get(self, key: str, /, default: _Value | _Other) -> _Value | _Other: ...
    def get(self, key: str, /, default: object = None) -> object:
        """The value under a key; no value is None."""
        for layer in self._newest_first:
            if (value := layer.get(key)) is not None:
                return value
        return default

    def __getitem__(self, key: str) -> _Value:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        for layer in self._newest_first:  # noqa: SIM110 - asked for every row of a file
            if key in layer:
                return True
        return False

    def __bool__(self) -> bool:
        return bool(self._layers)

    def __iter__(self) -> Iterator[str]:
        return iter({key: None for layer in self._layers for key in layer})

    def __len__(self) -> int:
        if len(self._layers) == 1:
            return len(self._layers[0])
        return sum(1 for _ in self.unordered())
