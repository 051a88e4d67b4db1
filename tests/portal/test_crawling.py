"""The visitor of test_every_link sees every fault there is to see."""

import pytest

from tests.portal.crawling import Answer, Walk

HOME = "http://testserver/"


def walked(pages: dict[str, str], **how: object) -> Walk:
    def get(address: str) -> Answer:
        text = pages.get(address.removeprefix("http://testserver"))
        if text is None:
            return Answer(404)
        return Answer(301, location=text[3:]) if text.startswith("-> ") else Answer(200, text)

    return Walk(get, [HOME], **how)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color:red">', "has an inline style at p"),
        ("<style>p {}</style>", "has an inline style at style"),
        ("<script>1</script>", "has an inline script"),
        ('<a onclick="x()">', "has an inline handler onclick"),
        ('<i id="a"></i><b id="a"></b>', "has the id a twice"),
    ],
)
def test_page_with_a_fault_is_told(text: str, fault: str) -> None:
    assert walked({"/": text}).faults == [f"{HOME} {fault}"]


@pytest.mark.parametrize(
    "text",
    [
        '<img src="//cdn.example/a">', '<img srcset="/b 1x, https://cdn.example/a 2x">', '<script src="https://cdn.example/a"></script>',
        '<link rel="stylesheet" href="https://cdn.example/a">', '<form action="https://cdn.example/a">', '<iframe src="https://cdn.example/a">',
    ],
)  # fmt: skip
def test_request_to_another_host_is_told(text: str) -> None:
    [asked] = walked({"/": text}).of_other_hosts()
    assert asked.endswith("//cdn.example/a")


def test_data_of_a_page_and_links_to_others_are_no_fault() -> None:
    walk = walked(
        {"/": '<script type="application/json">{}</script><img src="data:x"><a href="https://unesco.example/">'}
    )
    assert (walk.faults, walk.of_other_hosts(), walk.pages) == ([], [], {HOME})


def test_links_and_redirects_are_followed_to_the_end() -> None:
    pages = {"/": '<a href="a/#x">', "/a/": '<a href="../old/"><a href="/gone/">', "/old/": "-> /new/", "/new/": "<p>"}
    walk = walked(pages)
    assert walk.pages == {HOME, HOME + "a/", HOME + "new/"}
    assert walk.faults == [f"404 {HOME}gone/"]


def test_queries_are_followed_one_step_deep_and_as_many_as_asked_for() -> None:
    pages = {
        "/": '<a href="?a=1"><a href="?a=2"><a href="/b/?c=1">',
        "/?a=1": '<a href="?a=3">',
        "/?a=2": "<p>",
        "/b/?c=1": "<p>",
    }
    assert walked(pages).pages == {HOME + rest for rest in ("", "?a=1", "?a=2", "b/?c=1")}
    assert walked(pages, most_queries=1).pages == {HOME + rest for rest in ("", "?a=1", "b/?c=1")}
    assert walked(pages, elsewhere=[HOME + "?a=1", HOME + "?a=2", HOME + "b/?c=1"]).pages == {HOME}
