"""The browser fixture itself: it notices what no page of the portal may do."""

import pytest

pytestmark = pytest.mark.browser

IMAGE_ELSEWHERE = '<img src="http://portal.example/a.png" alt="">'
LOGS_AN_ERROR = "<script>console.error('broken')</script>"
THROWS = "<script>throw new Error('thrown')</script>"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (IMAGE_ELSEWHERE, "request to http://portal.example/a.png"),
        (LOGS_AN_ERROR, "console: broken"),
        (THROWS, "script: thrown"),
    ],
)
def test_fault_of_a_page_is_noticed(browser_page, content: str, fault: str) -> None:
    browser_page.set_content(content)
    assert fault in browser_page.watched.faults
    browser_page.watched.faults.clear()


def test_blameless_page_has_no_faults(browser_page) -> None:
    browser_page.set_content("<h1>Quiet</h1><script>document.title = 'ran'</script>")
    assert browser_page.title() == "ran"
    assert browser_page.watched.faults == []


def test_page_can_be_seen_without_javascript(new_page) -> None:
    page = new_page(java_script_enabled=False)
    page.set_content("<h1>Quiet</h1><noscript><p>plain</p></noscript>")
    assert page.locator("p").inner_text() == "plain"


def test_name_of_another_host_leads_nowhere(browser_page) -> None:
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        browser_page.goto("http://portal.example/")
    browser_page.watched.faults.clear()
