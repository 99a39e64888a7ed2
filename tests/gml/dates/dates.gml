// Dates: parts, arithmetic, spans and comparisons.
date_set_timezone(timezone_utc);
show_debug_message(date_get_timezone() == timezone_utc); // expect: 1
var d = date_create_datetime(2011, 9, 15, 9, 43, 44);
show_debug_message(date_datetime_string(d)); // expect: 15/09/2011 09:43:44
show_debug_message([date_get_year(d), date_get_month(d), date_get_day(d)]); // expect: [ 2011,9,15 ]
show_debug_message([date_get_hour(d), date_get_minute(d), date_get_second(d)]); // expect: [ 9,43,44 ]
show_debug_message([date_get_week(d), date_get_weekday(d)]); // expect: [ 36,4 ]
show_debug_message([date_get_day_of_year(d), date_get_hour_of_year(d)]); // expect: [ 258,6177 ]
show_debug_message([date_get_minute_of_year(d), date_get_second_of_year(d)]); // expect: [ 370663,22239824 ]

var e = date_create_datetime(2015, 7, 1, 17, 31, 56);
show_debug_message(date_year_span(d, e) * 100000000 div 1); // expect: 379281352
show_debug_message(date_month_span(d, e) * 10000000 div 1); // expect: 455137622
show_debug_message(date_second_span(e, d)); // expect: 119692092
show_debug_message(date_compare_datetime(d, e)); // expect: -1
show_debug_message(date_compare_date(e, d)); // expect: 1
show_debug_message(date_compare_time(d, d)); // expect: 0

show_debug_message(date_date_string(date_inc_month(date_create_datetime(2023, 1, 31, 0, 0, 0), 1))); // expect: 28/02/2023
show_debug_message(date_date_string(date_inc_year(date_create_datetime(2024, 2, 29, 0, 0, 0), 1))); // expect: 28/02/2025
show_debug_message(date_get_week(date_inc_week(d, 52))); // expect: 36
show_debug_message(date_get_year(date_inc_week(d, 52))); // expect: 2012
show_debug_message(date_time_string(date_inc_second(d, 16))); // expect: 09:44:00
show_debug_message(date_time_string(date_inc_hour(date_inc_minute(d, 20), -10))); // expect: 00:03:44
show_debug_message(date_date_string(date_inc_day(d, 16))); // expect: 01/10/2011

var t = date_time_of(d);
show_debug_message([date_get_year(t), date_get_month(t), date_get_hour(t), date_get_second(t)]); // expect: [ 1970,1,9,44 ]
show_debug_message(date_time_string(date_date_of(d))); // expect: 00:00:00
show_debug_message([date_days_in_month(d), date_days_in_year(d), date_leap_year(d)]); // expect: [ 30,365,0 ]
show_debug_message(date_valid_datetime(2011, 2, 29, 0, 0, 0)); // expect: 0
show_debug_message(date_valid_datetime(2012, 2, 29, 23, 59, 59)); // expect: 1
show_debug_message(date_is_today(date_current_datetime())); // expect: 1
show_debug_message(date_is_today(d)); // expect: 0
show_debug_message(date_date_string(date_create_datetime(2011, 14, 1, 0, 0, 0))); // expect: 01/02/2012
show_debug_message(current_year >= 2024 && current_month <= 12 && current_weekday < 7); // expect: 1
show_debug_message(get_timer() >= 0 && current_time >= 0 && delta_time >= 0); // expect: 1
date_get_year(infinity);
// expect-error: is not a date
