"""Charts of a distribution, as the text of an SVG image.

An image of some rectangles and words needs no library; the text is the same for the same amounts,
so that it can be compared and kept beside a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from attrs import frozen

from asopay.money import Cents, dollars

BARS = 40
WIDTH, HEIGHT = 720, 320
LEFT, RIGHT, TOP, BOTTOM = 20, 20, 50, 60
TICKS = 4


@frozen
class Histogram:
    """How many amounts fall in each of equally wide bars from `low` on, `width` cents each."""

    low: Cents
    width: Cents
    counts: tuple[int, ...]


def histogram(amounts: Sequence[Cents], bars: int = BARS) -> Histogram:
    """The amounts counted in bars from the least to the largest; `ValueError` if there is none.

    >>> histogram([100, 120, 150, 199], bars=2)
    Histogram(low=100, width=50, counts=(2, 2))
    """
    if not len(amounts) or bars < 1:
        raise ValueError("there are no amounts, or no bars, to count in")
    low, high = min(amounts), max(amounts)
    width = (high - low) // bars + 1
    counts = [0] * bars
    for amount in amounts:
        counts[(amount - low) // width] += 1
    return Histogram(low, width, tuple(counts))


def distribution_chart(
    title: str, amounts: Sequence[Cents], marks: Mapping[str, Cents] | None = None
) -> str:
    """The distribution of amounts as an SVG image, with marked amounts such as a premium.

    >>> chart = distribution_chart("A year's claims", [100_00, 150_00, 400_00], {"premium": 250_00})
    >>> chart.startswith("<svg ") and "premium 250" in chart
    True
    """
    counted = histogram(amounts)
    marks = marks or {}
    low = min([counted.low, *marks.values()])
    high = max([counted.low + counted.width * len(counted.counts), *marks.values()])
    return "\n".join([*_parts(title, counted, marks, (low, max(high - low, 1))), "</svg>\n"])


def _parts(
    title: str, counted: Histogram, marks: Mapping[str, Cents], axis: tuple[Cents, Cents]
) -> list[str]:
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    font = 'font-family="sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font} role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="20" font-size="14" font-weight="bold">{escape(title)}</text>',
    ]
    parts += _bars(counted, axis)
    base = HEIGHT - BOTTOM
    parts.append(f'<path d="M{LEFT} {base}H{WIDTH - RIGHT}" stroke="#444444"/>')
    for number in range(TICKS + 1):
        amount = axis[0] + axis[1] * number // TICKS
        anchor = ("start", *["middle"] * (TICKS - 1), "end")[number]
        at = f'x="{_place(amount, axis)}" y="{base + 18}" text-anchor="{anchor}"'
        parts.append(f"<text {at}>{_whole(amount)}</text>")
    for number, (name, amount) in enumerate(marks.items()):
        parts += _mark(f"{name} {_whole(amount)}", _place(amount, axis), number)
    return parts


def _bars(counted: Histogram, axis: tuple[Cents, Cents]) -> list[str]:
    most = max(counted.counts)
    room = HEIGHT - TOP - BOTTOM
    bars = []
    for number, count in enumerate(counted.counts):
        if count:
            start = counted.low + number * counted.width
            x = _place(start, axis)
            width = max(_place(start + counted.width, axis) - x - 1, 1)
            height = max(room * count // most, 1)
            place = f'x="{x}" y="{HEIGHT - BOTTOM - height}" width="{width}" height="{height}"'
            bars.append(f'<rect {place} fill="#4878a8"/>')
    return bars


def _mark(text: str, x: int, number: int) -> list[str]:
    y = TOP - 12 + 14 * number
    anchor = "end" if x > WIDTH // 2 else "start"
    beside = x - 4 if x > WIDTH // 2 else x + 4
    return [
        f'<path d="M{x} {y - 8}V{HEIGHT - BOTTOM}" stroke="#b03030" stroke-dasharray="4 3"/>',
        f'<text x="{beside}" y="{y}" text-anchor="{anchor}" fill="#b03030">{escape(text)}</text>',
    ]


def _place(amount: Cents, axis: tuple[Cents, Cents]) -> int:
    """Where the amount stands from left to right, in whole pixels."""
    low, span = axis
    return LEFT + (amount - low) * (WIDTH - LEFT - RIGHT) // span


def _whole(amount: Cents) -> str:
    return f"{dollars(amount):,.0f}"
