"""Cookies: who can read them, and that finishing takes them all."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from tiny_app import HTTP, HTTPS

from webapp.store import new_token


@pytest.mark.parametrize(
    ("site", "start", "secure"), [(HTTP, "heard=", False), (HTTPS, "__Host-heard=", True)]
)
def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_other_hosts(
    client: FlaskClient, site: str, start: str, secure: bool
) -> None:
    token = new_token()
    (cookie,) = client.get(f"/give/{token}", base_url=site).headers.getlist("Set-Cookie")
    assert cookie.startswith(start + token)
    attributes = set(cookie.split("; ")[1:])
    assert attributes == {"HttpOnly", "Path=/", "SameSite=Lax"} | ({"Secure"} if secure else set())
    assert client.get("/token", base_url=site).json == token


def test_on_https_a_cookie_planted_over_http_is_not_looked_at(client: FlaskClient) -> None:
    client.set_cookie("heard", new_token(), domain="heard.example")
    assert client.get("/token", base_url=HTTPS).json is None


@pytest.mark.parametrize(("site", "name"), [(HTTP, "heard-form"), (HTTPS, "__Host-heard-form")])
def test_the_cookie_of_the_forms_is_guarded_in_the_same_way(
    client: FlaskClient, site: str, name: str
) -> None:
    (cookie,) = client.get("/form", base_url=site).headers.getlist("Set-Cookie")
    assert cookie.startswith(name + "=")
    attributes = set(cookie.split("; ")[1:])
    assert attributes == {"HttpOnly", "Path=/", "SameSite=Lax"} | ({"Secure"} if site == HTTPS else set())


@pytest.mark.parametrize(("site", "prefix"), [(HTTP, ""), (HTTPS, "__Host-")])
def test_finishing_takes_both_cookies_and_all_the_browser_holds(
    client: FlaskClient, site: str, prefix: str
) -> None:
    client.get(f"/give/{new_token()}", base_url=site)
    client.get("/form", base_url=site)
    response = client.get("/finish", base_url=site)
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    gone = response.headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in gone) == [f"{prefix}heard", f"{prefix}heard-form"]
    for cookie in gone:
        assert "Max-Age=0" in cookie
        assert "Path=/" in cookie
        # Without it a browser ignores the deletion of a __Host- cookie.
        assert ("Secure" in cookie) == (site == HTTPS)
    assert client.get("/token", base_url=site).json is None
