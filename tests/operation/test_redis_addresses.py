import pytest
from django.core.exceptions import ImproperlyConfigured

from eabrn_portal.redis_addresses import RedisAddress


@pytest.mark.parametrize(
    ("given", "client", "broker"),
    [
        ("redis://h:6379", "redis://h:6379/2", "redis://h:6379/0"),
        ("redis://h:6379/5", "redis://h:6379/5", "redis://h:6379/5"),
        ("redis://:pass@h/3", "redis://:pass@h/3", "redis://:pass@h/3"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock?db=2", "redis+socket:///run/redis.sock?virtual_host=0"),
        (
            "rediss://u:p@h:6380/1?ssl_ca_certs=/ca.pem",
            "rediss://u:p@h:6380/1?ssl_ca_certs=%2Fca.pem&ssl_cert_reqs=required",
            "rediss://u:p@h:6380/1?ssl_ca_certs=%2Fca.pem&ssl_cert_reqs=CERT_REQUIRED",
        ),
        ("rediss://h", "rediss://h/2?ssl_cert_reqs=required", "rediss://h/0?ssl_cert_reqs=CERT_REQUIRED"),
    ],
)
def test_number_password_and_certificates_are_kept(given: str, client: str, broker: str) -> None:
    address = RedisAddress.read(given)
    assert address.client_url(2) == client
    assert address.broker_url(0) == broker


@pytest.mark.parametrize(
    "given",
    [
        "http://h",
        "h:6379",
        "redis://h/five",
        "redis://h?ssl_ca_certs=/ca.pem",
        "rediss://h?ssl_cert_reqs=none",
        "redis://h?timeout=3",
        "sentinel://h:26379",
        "sentinel://h:26379/one/two",
    ],
)
def test_what_would_be_dropped_is_refused(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL: "):
        RedisAddress.read(given)


def test_sentinels_are_all_asked() -> None:
    address = RedisAddress.read("sentinel://:pass@one:26379,two:26380/master?sentinel_password=word")
    assert address.broker_url(0) == "sentinel://:pass@one:26379/0;sentinel://:pass@two:26380/0"
    assert address.broker_options() == {"master_name": "master", "sentinel_kwargs": {"password": "word"}}
    options = address.cache(2, prefix="p")["OPTIONS"]
    assert options["sentinels"] == [("one", 26379), ("two", 26380)]
    assert (options["password"], options["sentinel_password"], options["db"]) == ("pass", "word", 2)
