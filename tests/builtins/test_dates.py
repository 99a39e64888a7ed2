"""Tests of dates: parts go to a date and back."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from gmlrun.builtins import dates
from gmlrun.builtins.dates import Calendar
from gmlrun.runtime import Runtime

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


@given(MOMENTS)
def test_parts_come_back(moment: datetime) -> None:
    zone = Calendar(Runtime())
    zone.is_utc = True
    assert zone.parts(zone.date(moment)) == moment


@given(MOMENTS, st.integers(-5000, 5000))
def test_going_there_and_back(moment: datetime, amount: int) -> None:
    rt = Runtime()
    rt.service(Calendar).is_utc = True
    date = rt.service(Calendar).date(moment)
    for step in (dates.date_inc_week, dates.date_inc_day, dates.date_inc_hour, dates.date_inc_minute):
        assert abs(step(step(date, amount), -amount) - date) < 1e-6
    later = dates.date_inc_day(date, abs(amount))
    assert round(dates.date_day_span(date, later)) == abs(amount)
    assert dates.date_compare_datetime(date, later) == (-1 if amount else 0)
