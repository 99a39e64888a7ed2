function P(v) { show_debug_message(v); }
P(http_get_connect_timeout()); // expect: 60000
http_set_connect_timeout(2500); P(http_get_connect_timeout()); // expect: 2500
P(http_get_request_crossorigin() == ""); // expect: 1
http_set_request_crossorigin("use-credentials"); P(http_get_request_crossorigin() == ""); // expect: 1
