// A program around the library gm-http: it greets whoever asks for /hello, and knows nothing else.
web = new http();
web.listen(8080);

event async_network {
    var _client = web.intercept();
    if (!_client.hasRequest) exit;
    if (_client.get("uri") == "/hello") {
        _client.respond(200, "Hello, " + (_client.has("get.name") ? _client.get("get.name") : "stranger"));
    } else {
        _client.respond(404, "nothing here");
    }
}
event step { web.reap(); }
