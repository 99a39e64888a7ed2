"""Tests of dates: parts go to a date and back."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from gmlrun.builtins.dates import Calendar
from gmlrun.runtime.context import Runtime

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


@given(MOMENTS)
def test_parts_come_back(moment: datetime) -> None:
    zone = Calendar(Runtime())
    zone.is_utc = True
    assert zone.parts(zone.date(moment)) == moment
