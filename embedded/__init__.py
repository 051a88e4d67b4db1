"""The embedded servers and the supervisor behind `make run`. Knows no app: it starts programs and watches over them."""
