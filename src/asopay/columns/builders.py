"""Arrow arrays out of codes and cents, with as few copies as may be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from attrs import frozen

from asopay.columns.column import Mask, Rows
from asopay.columns.entries import Codes

MONEY = pa.decimal128(18, 2)
WORDS = pa.dictionary(pa.int32(), pa.string())


def money(cents: Rows, missing: Mask | None = None) -> pa.Array:
    """Cents, none below zero, as decimals; `missing` ones are null.

    >>> [str(amount) for amount in money(np.array([5, 1250])).to_pylist()]
    ['0.05', '12.50']
    """
    words = np.zeros((len(cents), 2), np.int64)
    words[:, 0] = cents
    valid = None
    if missing is not None:
        valid = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(MONEY, len(words), [valid, pa.py_buffer(words)])


@frozen(eq=False)
class Words:
    """What codes say as texts: a dictionary, or plain strings.

    Several codes may have one text: `numbers` says where it is among the `distinct` ones, None if
    each code is that itself.
    """

    numbers: Codes | None
    distinct: pa.Array
    plain: bool

    def array(self, codes: Codes, missing: Mask | None = None) -> pa.Array:
        """The texts of the codes; `missing` ones are null."""
        numbers = codes if self.numbers is None else self.numbers[codes]
        indices = pa.array(numbers, mask=missing)
        found = pa.DictionaryArray.from_arrays(indices, self.distinct)
        return found.dictionary_decode() if self.plain else found


def words(texts: Sequence[str], *, plain: bool) -> Words:
    """The texts of codes from 0 on, in their order.

    >>> words(["a", "b", "a"], plain=True).array(np.array([2, 1], np.int32)).to_pylist()
    ['a', 'b']
    """
    places: dict[str, int] = {}
    numbers = np.array([places.setdefault(text, len(places)) for text in texts], np.int32)
    same = len(places) == len(texts)
    return Words(None if same else numbers, pa.array(list(places), pa.string()), plain)


@frozen(eq=False)
class Flags:
    """Whether something holds of codes: most often of none.

    >>> Flags([False, True]).array(np.array([1, 0])).to_pylist()
    [True, False]
    """

    holds: Sequence[bool]

    def array(self, codes: Codes) -> pa.Array:
        """Whether it holds of each code."""
        if any(self.holds):
            return pa.array(np.array(self.holds)[codes])
        none = pa.py_buffer(bytes((len(codes) + 7) // 8))
        return pa.Array.from_buffers(pa.bool_(), len(codes), [None, none])


def plain_type(given: pa.DataType) -> pa.DataType:
    """The type with strings in place of dictionaries.

    >>> plain_type(pa.list_(WORDS))
    ListType(list<item: string>)
    """
    if pa.types.is_dictionary(given):
        return given.value_type
    if pa.types.is_struct(given):
        return pa.struct([pa.field(each.name, plain_type(each.type)) for each in given])
    if pa.types.is_map(given):
        return pa.map_(plain_type(given.key_type), plain_type(given.item_type))
    return pa.list_(plain_type(given.value_type)) if pa.types.is_list(given) else given


def plain_schema(given: pa.Schema) -> pa.Schema:
    """The schema with strings in place of dictionaries."""
    return pa.schema([pa.field(each.name, plain_type(each.type)) for each in given])
