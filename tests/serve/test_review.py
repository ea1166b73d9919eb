"""A review in the browser: who gets in, what is written, and the page after the build."""

from __future__ import annotations

import re
import time

import httpx
import pytest

from test_build import built, make_project

ONE, OTHER = "V. Aristarkhov", "Vladimir Aristarkhov"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    directory = make_project(tmp_path_factory.mktemp("reviewed") / "project", ("d006", "d008"))
    (directory / "documents" / "forum.txt").write_text("The SCO Forum in Beijing was held from July 9 to July 5, 2024.")
    built(directory)
    return directory


@pytest.fixture(scope="module")
def address(project, review):
    return review(project)


@pytest.fixture
def reader(address):
    with httpx.Client(base_url=address.partition("/review")[0], timeout=60, follow_redirects=True) as client:
        assert "One or two?" in client.get(address).text
        yield client


def secret(page):
    return re.search(r'name="secret" value="(\w+)"', page)[1]


def test_nobody_gets_in_without_the_token_or_under_another_name(address):
    site = address.partition("/review")[0]
    with httpx.Client(base_url=site) as stranger:
        for path in ("/review", "/review?token=guessed", "/review/pair?a=x&b=y", "/review/claim/0123456789ab"):
            assert stranger.get(path).status_code == 403, path
        assert stranger.get(address, headers={"Host": "evil.example"}).status_code in {400, 403, 421}
        assert "token=" not in stranger.get(address).headers["location"]
        for path in ("/review/pair", "/review/build", "/review/claim/0123456789ab"):
            assert stranger.post(path, data={"verb": "same"}).status_code == 403, path


@pytest.mark.parametrize(
    ("headers", "spoilt"),
    [
        ({"Origin": "http://evil.example"}, {}),
        ({"Sec-Fetch-Site": "cross-site"}, {}),
        ({}, {"secret": "0" * 64}),
        ({}, {"secret": ""}),
    ],
)
def test_a_form_of_another_site_writes_nothing(project, reader, headers, spoilt):
    page = reader.get("/review/pair", params={"a": ONE, "b": OTHER}).text
    fields = {"secret": secret(page), "a": ONE, "b": OTHER, "verb": "same", "reason": "forged", **spoilt}
    assert reader.post("/review/pair", data=fields, headers=headers).status_code == 403
    assert not any("forged" in path.read_text() for path in (project / "decisions").iterdir())


def test_a_form_that_is_too_large_is_refused(reader):
    assert reader.post("/review/pair", data={"reason": "x" * 100_000}).status_code == 413


def test_what_is_reviewed_is_kept_nowhere_and_read_by_no_other_site(reader):
    headers = reader.get("/review").headers
    assert headers["cache-control"] == "no-store"
    assert headers["access-control-allow-origin"] != "*"


def test_an_incomplete_or_senseless_decision_is_refused_with_the_reason(project, reader):
    page = reader.get("/review/pair", params={"a": ONE, "b": OTHER}).text
    fields = {"secret": secret(page), "a": ONE, "b": OTHER, "verb": "same", "reason": " "}
    answer = reader.post("/review/pair", data=fields)
    assert (answer.status_code, "Say why" in answer.text) == (400, True)
    answer = reader.post("/review/pair", data={**fields, "verb": "burn", "reason": "hm"})
    assert (answer.status_code, "Choose one of" in answer.text) == (400, True)
    assert reader.get("/review/pair", params={"a": "Nobody At All", "b": OTHER}).status_code == 404
    hostile = '"><script>alert(1)</script>'
    assert "<script>alert" not in reader.get("/review/pair", params={"a": hostile, "b": OTHER}).text


def test_a_claim_that_is_set_aside_is_corrected_and_back_after_the_build(project, reader):
    listed = reader.get("/review").text.partition('id="aside"')[2].partition("</section>")[0]
    assert "An event does not end before it starts." in listed
    (key,) = re.findall(r"review/claim/([0-9a-f]{12})", listed)
    assert "This claim is set aside" in reader.get(f"/claim/{key}").text
    page = reader.get(f"/review/claim/{key}").text
    assert 'name="value-first" value="2024-07-09"' in page
    fields = {"secret": secret(page), "verb": "correct", "reason": "the programme has it so"}
    assert "Change at least one" in reader.post(f"/review/claim/{key}", data=fields).text
    assert "a date is YYYY-MM-DD" in reader.post(f"/review/claim/{key}", data={**fields, "value-first": "soon"}).text
    dates = {"value-first": "2024-07-05", "value-last": "2024-07-09"}
    assert key not in reader.post(f"/review/claim/{key}", data={**fields, **dates}).text
    assert "values: {first: '2024-07-05', last: '2024-07-09'}" in (project / "decisions" / "claims.yaml").read_text()
    build(reader)
    assert "This claim is set aside" not in reader.get(f"/claim/{key}").text
    assert key not in reader.get("/set-aside").text


def test_a_rejected_claim_is_written_down_and_gone_after_the_build(project, reader):
    before = reader.get("/review").text
    key = re.search(r"review/claim/([0-9a-f]{12})", before)[1]
    page = reader.get(f"/review/claim/{key}").text
    fields = {"secret": secret(page), "verb": "reject", "reason": "it says otherwise"}
    after = reader.post(f"/review/claim/{key}", data=fields).text
    assert "1 decision waits" in after
    assert key not in after
    written = (project / "decisions" / "claims.yaml").read_text()
    assert f"reject: claim/{key}" in written
    assert "author: A reader" in written
    build(reader)
    assert "a person&#39;s decision rejects it" in reader.get(f"/claim/{key}").text


def test_two_that_are_merged_are_one_page_after_the_build(project, reader):
    listed = reader.get("/review").text
    link = re.search(r'href="(review/pair\?[^"]+)">V. Aristarkhov and Vladimir Aristarkhov', listed)
    link = link or re.search(r'href="(review/pair\?[^"]+)">Vladimir Aristarkhov and V. Aristarkhov', listed)
    page = reader.get("/" + link[1].replace("&amp;", "&")).text
    assert "two entities" in page
    assert "Verdict: undecided" in page
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    reader.post("/review/pair", data={**fields, "verb": "same", "reason": "same post in two years"})
    assert "reason: same post in two years" in (project / "decisions" / "identities.yaml").read_text()
    build(reader)
    assert "one entity" in reader.get("/review/pair", params={"a": ONE, "b": OTHER}).text
    merged = reader.get(f"/{fields['b']}", headers={"Accept": "text/html"})
    assert {"V. Aristarkhov", "Vladimir Aristarkhov"} <= set(re.findall(r"V(?:ladimir|\.) Aristarkhov", merged.text))


def build(reader):
    reader.post("/review/build", data={"secret": secret(reader.get("/review").text)})
    for _ in range(300):
        page = reader.get("/review").text
        if "Built: generation" in page:
            return
        assert "The build failed" not in page
        time.sleep(0.2)
    raise TimeoutError("the build did not end")
