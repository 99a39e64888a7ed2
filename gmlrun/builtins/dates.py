"""Dates and times: numbers that count the days since 1899-12-30 in UTC. Manual: Maths_And_Numbers/Date_And_Time.

A number below 25569 (1970-01-01) is a time or a span and is read as days since 1970-01-01. The parts
of a date are those of the time zone that `date_set_timezone` sets, at first the machine's own.
"""

from __future__ import annotations

import math
import time
from calendar import isleap, monthrange
from datetime import UTC, datetime, timedelta

from gmlrun.builtins.registry import Chapter, Int, Real
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.text import quoted

chapter = Chapter("Maths_And_Numbers/Date_And_Time")

CONSTANTS = {"timezone_local": 0.0, "timezone_utc": 1.0}

EPOCH = 25569.0
"""1970-01-01 as a date."""
DAY = 86400.0


class Calendar(GamePart):
    """The time zone of one game: turns dates into their parts and back."""

    def __init__(self, rt: Runtime) -> None:
        self.clock = rt.clock
        self.is_utc = False

    def parts(self, date: float) -> datetime:
        """The parts of a date; a date is taken to the nearest millisecond, so that no second is lost by rounding."""
        days = date - EPOCH if date >= EPOCH else date
        try:
            seconds = math.floor(round(days * DAY, 3))
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
            return moment.replace(tzinfo=None) if self.is_utc else in_zone(moment).replace(tzinfo=None)
        except (OverflowError, ValueError, OSError):
            raise GmlError(f"{quoted(date)} is not a date") from None

    def date(self, parts: datetime) -> float:
        """The date that has these parts."""
        try:
            zoned = parts.replace(tzinfo=UTC) if self.is_utc else in_zone(parts)
            return (zoned - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1) + EPOCH
        except (OverflowError, ValueError, OSError):
            raise GmlError(f"{parts} is not a date") from None

    def now(self) -> float:
        """The current date."""
        return self.clock.now() / DAY + EPOCH


def in_zone(moment: datetime) -> datetime:
    """A moment in the machine's time zone; in UTC where that zone is a day or more away, as none is."""
    try:
        return moment.astimezone()
    except ValueError:
        if abs(time.localtime(0.0).tm_gmtoff) < DAY:
            raise
    return moment.replace(tzinfo=UTC)


def shifted_months(parts: datetime, months: int) -> datetime:
    """The same day MONTHS months later, or the last of that month when it is shorter."""
    year, month = divmod(parts.year * 12 + parts.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise GmlError(f"the year {year} is out of range for a date")
    last = monthrange(year, month + 1)[1]
    return parts.replace(year=year, month=month + 1, day=min(parts.day, last))


def sign(number: float) -> float:
    """-1, 0 or 1; what is less than half a millisecond of a day counts as 0."""
    return 0.0 if abs(number) * DAY < 0.0005 else math.copysign(1.0, number)


# ---------------------------------------------------------------------- making


@chapter
def date_current_datetime(calendar: Calendar) -> float:
    """The current date and time."""
    return calendar.now()


@chapter
def date_create_datetime(
    calendar: Calendar, year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int
) -> float:
    """The date with these parts; parts that are too large or too small run over into the next."""
    try:
        years, month_index = divmod(year * 12 + month - 1, 12)
        moment = datetime(years, month_index + 1, 1)
        moment += timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
    except (OverflowError, ValueError):
        raise GmlError(f"date_create_datetime: {year}-{month}-{day} {hour}:{minute}:{second} is no date") from None
    return calendar.date(moment)


@chapter
def date_valid_datetime(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> bool:
    """Whether there is a date with these parts, from 1970 on."""
    try:
        return datetime(year, month, day, hour, minute, second).year >= 1970
    except (OverflowError, ValueError):
        return False


@chapter
def date_date_of(calendar: Calendar, date: Real) -> float:
    """The start of a date's day."""
    midnight = calendar.parts(date).replace(hour=0, minute=0, second=0)
    return calendar.date(midnight)


@chapter
def date_time_of(date: Real) -> float:
    """A date without its day: the fraction that is its time."""
    return date % 1.0


@chapter
def date_get_timezone(calendar: Calendar) -> float:
    """The time zone in which dates are read: timezone_local or timezone_utc."""
    return CONSTANTS["timezone_utc" if calendar.is_utc else "timezone_local"]


@chapter
def date_set_timezone(calendar: Calendar, timezone: Int) -> None:
    """Sets the time zone in which dates are read: timezone_local or timezone_utc."""
    calendar.is_utc = timezone == 1


# ----------------------------------------------------------------------- parts


@chapter
def date_get_year(calendar: Calendar, date: Real) -> Real:
    """The year of a date."""
    return calendar.parts(date).year


@chapter
def date_get_month(calendar: Calendar, date: Real) -> Real:
    """The month of a date, 1 to 12."""
    return calendar.parts(date).month


@chapter
def date_get_week(calendar: Calendar, date: Real) -> Real:
    """The week of a date in its year: its day of the year divided by seven."""
    return day_of_year(calendar.parts(date)) // 7


@chapter
def date_get_day(calendar: Calendar, date: Real) -> Real:
    """The day of a date in its month, from 1 on."""
    return calendar.parts(date).day


@chapter
def date_get_weekday(calendar: Calendar, date: Real) -> Real:
    """The day of a date in its week, 0 for Sunday."""
    return calendar.parts(date).isoweekday() % 7


@chapter
def date_get_hour(calendar: Calendar, date: Real) -> Real:
    """The hour of a date, 0 to 23."""
    return calendar.parts(date).hour


@chapter
def date_get_minute(calendar: Calendar, date: Real) -> Real:
    """The minute of a date, 0 to 59."""
    return calendar.parts(date).minute


@chapter
def date_get_second(calendar: Calendar, date: Real) -> Real:
    """The second of a date, 0 to 59."""
    return calendar.parts(date).second


def day_of_year(parts: datetime) -> int:
    """1 for the first of January."""
    return parts.timetuple().tm_yday


def second_of_year(parts: datetime) -> int:
    """The whole seconds since the year began."""
    return (parts - datetime(parts.year, 1, 1)) // timedelta(seconds=1)


@chapter
def date_get_day_of_year(calendar: Calendar, date: Real) -> Real:
    """The day of a date in its year, from 1 on."""
    return day_of_year(calendar.parts(date))


@chapter
def date_get_hour_of_year(calendar: Calendar, date: Real) -> Real:
    """The whole hours since the year of a date began."""
    return second_of_year(calendar.parts(date)) // 3600


@chapter
def date_get_minute_of_year(calendar: Calendar, date: Real) -> Real:
    """The whole minutes since the year of a date began."""
    return second_of_year(calendar.parts(date)) // 60


@chapter
def date_get_second_of_year(calendar: Calendar, date: Real) -> Real:
    """The whole seconds since the year of a date began."""
    return second_of_year(calendar.parts(date))


@chapter
def date_days_in_month(calendar: Calendar, date: Real) -> Real:
    """How many days the month of a date has."""
    parts = calendar.parts(date)
    return monthrange(parts.year, parts.month)[1]


@chapter
def date_days_in_year(calendar: Calendar, date: Real) -> Real:
    """How many days the year of a date has."""
    return 365 + isleap(calendar.parts(date).year)


@chapter
def date_leap_year(calendar: Calendar, date: Real) -> bool:
    """Whether the year of a date is a leap year."""
    return isleap(calendar.parts(date).year)


@chapter
def date_is_today(calendar: Calendar, date: Real) -> bool:
    """Whether a date is of the current day."""
    return calendar.parts(date).date() == calendar.parts(calendar.now()).date()


# ------------------------------------------------------------------ arithmetic


@chapter
def date_inc_year(calendar: Calendar, date: Real, amount: Int) -> float:
    """A date AMOUNT years later; 29 February becomes the 28th where there is none."""
    return calendar.date(shifted_months(calendar.parts(date), 12 * amount))


@chapter
def date_inc_month(calendar: Calendar, date: Real, amount: Int) -> float:
    """A date AMOUNT months later; a day that the month lacks becomes its last."""
    return calendar.date(shifted_months(calendar.parts(date), amount))


@chapter
def date_inc_week(date: Real, amount: Int) -> float:
    """A date AMOUNT weeks later."""
    return date + 7 * amount


@chapter
def date_inc_day(date: Real, amount: Int) -> float:
    """A date AMOUNT days later."""
    return date + amount


@chapter
def date_inc_hour(date: Real, amount: Int) -> float:
    """A date AMOUNT hours later."""
    return date + amount / 24


@chapter
def date_inc_minute(date: Real, amount: Int) -> float:
    """A date AMOUNT minutes later."""
    return date + amount / 1440


@chapter
def date_inc_second(date: Real, amount: Int) -> float:
    """A date AMOUNT seconds later."""
    return date + amount / DAY


@chapter
def date_year_span(date1: Real, date2: Real) -> float:
    """How many years of 365.25 days lie between two dates, never negative."""
    return abs(date1 - date2) / 365.25


@chapter
def date_month_span(date1: Real, date2: Real) -> float:
    """How many twelfths of a year lie between two dates, never negative."""
    return abs(date1 - date2) / 30.4375


@chapter
def date_week_span(date1: Real, date2: Real) -> float:
    """How many weeks lie between two dates, never negative."""
    return abs(date1 - date2) / 7


@chapter
def date_day_span(date1: Real, date2: Real) -> float:
    """How many days lie between two dates, never negative."""
    return abs(date1 - date2)


@chapter
def date_hour_span(date1: Real, date2: Real) -> float:
    """How many hours lie between two dates, never negative."""
    return abs(date1 - date2) * 24


@chapter
def date_minute_span(date1: Real, date2: Real) -> float:
    """How many minutes lie between two dates, never negative."""
    return abs(date1 - date2) * 1440


@chapter
def date_second_span(date1: Real, date2: Real) -> float:
    """How many whole seconds lie between two dates, never negative."""
    seconds = abs(date1 - date2) * DAY
    return float(math.floor(round(seconds, 3))) if math.isfinite(seconds) else seconds


@chapter
def date_compare_datetime(date1: Real, date2: Real) -> float:
    """-1, 0 or 1: whether the first date is before, at or after the second."""
    return sign(date1 - date2)


@chapter
def date_compare_date(calendar: Calendar, date1: Real, date2: Real) -> float:
    """-1, 0 or 1: whether the day of the first date is before, at or after that of the second."""
    return sign(float(calendar.parts(date1).toordinal() - calendar.parts(date2).toordinal()))


@chapter
def date_compare_time(calendar: Calendar, datetime1: Real, datetime2: Real) -> float:
    """-1, 0 or 1: whether the time of day of the first date is before, at or after that of the second."""
    first, second = (calendar.parts(date).time() for date in (datetime1, datetime2))
    return float((first > second) - (first < second))


# ------------------------------------------------------------------------ text


@chapter
def date_datetime_string(calendar: Calendar, date: Real) -> str:
    """A date and its time as text: `15/09/2011 09:43:44`."""
    return f"{calendar.parts(date):%d/%m/%Y %H:%M:%S}"


@chapter
def date_date_string(calendar: Calendar, date: Real) -> str:
    """The day of a date as text: `15/09/2011`."""
    return f"{calendar.parts(date):%d/%m/%Y}"


@chapter
def date_time_string(calendar: Calendar, date: Real) -> str:
    """The time of a date as text: `09:43:44`."""
    return f"{calendar.parts(date):%H:%M:%S}"
