"""Figures at the desk: for those who answer for the school, as table, chart and file."""

from xml.etree import ElementTree as ET

import pytest

from assistant.services.settle_terms import settle_terms
from assistant.web.figure_charts import draw
from tests.web.desk_stage import CLERK, TEACHER, Stage, at


def test_figures_are_for_governors_and_the_head_alone(stage: Stage) -> None:
    settle_terms(stage.on(at("2027-02-01")))
    stage.on(at("2026-11-24"))
    with stage.signed_in(TEACHER) as teacher, stage.signed_in(CLERK) as clerk:
        for page in ("/desk/figures", "/desk/figures/charts/topics", "/desk/figures/figures.csv"):
            assert teacher.get(page).status_code == 404
            assert clerk.get(page).status_code == 200
        assert 'href="/desk/figures"' not in teacher.get("/desk").text
        assert 'href="/desk/figures"' in clerk.get("/desk").text


@pytest.mark.parametrize("narrow", [False, True])
def test_a_chart_is_a_picture_with_its_numbers_and_no_script(*, narrow: bool) -> None:
    svg = draw((("Complaint", 12), ("<script>", 7)), narrow=narrow)
    words = "".join(ET.fromstring(svg).itertext())  # noqa: S314 - our own drawing
    assert "12" in words
    assert "<script>" in words
    assert "<script" not in svg
