"""Messages: nothing that the compiler says is lost, and nothing odd passes for success."""

from __future__ import annotations

import json

import pytest

from lipbridge.check import messages
from lipbridge.check.messages import Message
from lipbridge.check.process import Children, Completed


def read_messages(completed: Completed) -> tuple[Message, ...]:
    return messages.read_messages(completed, Children(60, 1000))


def line(text: str, severity: str = "error", **more: object) -> str:
    place = {"line": 3, "column": 4}
    return json.dumps(
        {"data": text, "severity": severity, "fileName": "A.lean", "pos": place, **more}
    )


def test_a_message_is_located():
    (message,) = read_messages(Completed(1, line("no"), ""))
    assert str(message) == "A.lean:3:5: error: no"
    assert message.is_error and not message.is_sorry


def test_a_message_without_a_place():
    (message,) = read_messages(Completed(1, line("unknown module", pos=None), ""))
    assert str(message) == "error: unknown module"


def test_a_message_of_an_unknown_kind_is_an_error():
    (message,) = read_messages(Completed(0, line("no", "Error"), ""))
    assert message.is_error and "unexpected output" in message.text


def test_sorry_is_recognized_by_its_kind():
    rows = "\n".join([line("x", "warning", kind="hasSorry"), line("y", "warning", kind="other")])
    assert [m.is_sorry for m in read_messages(Completed(0, rows, ""))] == [True, False]


@pytest.mark.parametrize(
    ("completed", "text"),
    [
        (Completed(1, "", ""), "status 1: without a message"),
        (
            Completed(-11, "", "Segmentation fault"),
            "Segmentation fault (--memory 1000 may be too little)",
        ),
        (Completed(-9, "", "", timed_out=True), "out of time: ended after 60 s"),
        (Completed(0, "hello", ""), "unexpected output of the compiler: hello"),
        (Completed(0, "[1]", ""), "unexpected output"),
        (Completed(0, '{"data": 1, "severity": "error"}', ""), "unexpected output"),
        (Completed(134, line("warning", "warning"), "abort"), "status 134: abort"),
    ],
)
def test_what_is_not_understood_is_an_error(completed, text):
    errors = [m for m in read_messages(completed) if m.is_error]
    assert text in errors[-1].text


def test_giving_up_is_left_out_where_the_reason_is_told():
    rows = [line("internal exception #3"), line("Type mismatch")]
    assert [m.text for m in read_messages(Completed(1, "\n".join(rows), ""))] == ["Type mismatch"]
    assert len(read_messages(Completed(1, rows[0], ""))) == 1


def test_an_error_with_status_zero_is_still_an_error():
    (message,) = read_messages(Completed(0, line("no"), ""))
    assert message.is_error
