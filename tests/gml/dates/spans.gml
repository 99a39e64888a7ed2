function P(v) { show_debug_message(v); }
date_set_timezone(timezone_utc);
var d = date_create_datetime(2011, 9, 15, 9, 43, 44), e = date_create_datetime(2011, 9, 22, 10, 44, 45);
function whole(v) { return string_format(v, 1, 6); }
P([whole(date_week_span(d, e)), whole(date_day_span(d, e)), whole(date_hour_span(d, e)), whole(date_minute_span(d, e)), date_second_span(d, e)]); // expect: [ "1.006053","7.042373","169.016944","10141.016667",608461 ]
P([date_week_span(e, d) > 0, date_day_span(e, d) == date_day_span(d, e), date_hour_span(d, d), date_minute_span(d, d)]); // expect: [ 1,1,0,0 ]
P([date_year_span(d, d), date_month_span(d, d), date_second_span(d, d)]); // expect: [ 0,0,0 ]
date_set_timezone(timezone_local);
var now = date_current_datetime();
P([current_day == date_get_day(now), current_hour == date_get_hour(now), current_minute >= 0, current_minute < 60, current_second >= 0, current_second < 60]); // expect: [ 1,1,1,1,1,1 ]
P([current_month >= 1, current_month <= 12, current_day >= 1, current_day <= 31, current_hour < 24]); // expect: [ 1,1,1,1,1 ]
P([date_create_datetime(1970, 1, 1, 0, 0, 0) - 25569 < 1.1, date_get_timezone() == timezone_local]); // expect: [ 1,1 ]
date_set_timezone(timezone_utc);
P(date_create_datetime(1970, 1, 1, 0, 0, 0) == 25569); // expect: 1
P([date_get_year(0), date_get_hour(0.5), date_get_month(1), date_get_day(1)]); // expect: [ 1970,12,1,2 ]
P([date_valid_datetime(2023, 13, 1, 0, 0, 0), date_valid_datetime(2023, 1, 32, 0, 0, 0), date_valid_datetime(2023, 1, 1, 24, 0, 0), date_valid_datetime(2023, 0, 1, 0, 0, 0)]); // expect: [ 0,0,0,0 ]
P([date_valid_datetime(2023, 1, 1, 0, 60, 0), date_valid_datetime(2023, 1, 1, 0, 0, 60), date_valid_datetime(2023, -1, -1, -1, -1, -1)]); // expect: [ 0,0,0 ]
P([date_leap_year(date_create_datetime(2000, 1, 1, 0, 0, 0)), date_leap_year(date_create_datetime(2100, 1, 1, 0, 0, 0)), date_days_in_month(date_create_datetime(2024, 2, 1, 0, 0, 0)), date_days_in_year(date_create_datetime(2024, 2, 1, 0, 0, 0))]); // expect: [ 1,0,29,366 ]
var january = date_create_datetime(2023, 1, 31, 0, 0, 0);
P([date_date_string(date_inc_month(january, -2)), date_date_string(date_inc_month(january, 13)), date_date_string(date_inc_day(january, -31)), date_date_string(date_inc_week(january, -1))]); // expect: [ "30/11/2022","29/02/2024","31/12/2022","24/01/2023" ]
P([date_compare_date(d, d), date_compare_date(d, e), date_compare_time(e, d), date_compare_datetime(e, d)]); // expect: [ 0,-1,1,1 ]
try { date_get_year("x"); } catch (error) { P(error.message); } // expect: argument 1 of date_get_year: expected a number, got "x"
try { date_get_year(NaN); } catch (error) { P(error.message); } // expect: NaN is not a date
