"""Names of countries that take part."""

from records.formats.countries import country_names


def test_country_names_prefer_the_record_and_keep_unknown_codes() -> None:
    assert country_names(["VN", "KP", "QQ"], {"KP": "Democratic People's Republic of Korea"}) == [
        "Viet Nam",
        "Democratic People's Republic of Korea",
        "QQ",
    ]
