"""What the attacks share: browsers, a whole case in one step, wild words, and what no answer may ever be."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from tinyhtml5.parser import HTMLParser
from werkzeug.test import TestResponse

from webapp.flows.law import Law
from webapp.questions import Step, boxes_of, put, value_at
from webapp.security import HEADERS
from webapp.store import new_token
from webapp.walking import walk

TODAY = date(2026, 11, 23)
CASES = Path(__file__).parent.parent / "cases"
# Stands in every wild word: whatever of one becomes more than words carries it.
MARK = "zq7"
# What {{ 7 * 191 }} would become.
WORKED_OUT = "1337"

# Each fits into a line of 200 characters.
WILD = (
    '<script>alert("zq7")</script><zq7 onload=zq7()>',
    "\"><img src=x onerror=zq7> ' onfocus=zq7 autofocus x='",
    "</textarea></title></style></p><svg/onload=zq7><iframe src=//zq7.example>",
    "javascript:zq7() [zq7](javascript:zq7) http://zq7.example/ //zq7.example",
    "{{7*191}}zq7 ${7*191}zq7 #{7*191}zq7 {%print(7*191)%}zq7 {{zq7}} <%=7*191%>zq7",
    "%(zq7)s %s %n %d {zq7} {0} {name} {reply_by} %%{x} ngettext {{ _('zq7') }} %(lang)s",
    "<!--zq7--> <![CDATA[zq7]]> &lt;zq7&gt; &#60;zq7&#62; <?php zq7 ?> ]]>",
    "=cmd|' /C calc'!zq7 +zq7 -zq7 @SUM(zq7) DDEAUTO zq7 { HYPERLINK zq7 }",
    "zq7\r\nSet-Cookie: zq7=1\r\nX-Zq7: 1\r\n\r\nBEGIN:VALARM\r\nATTACH:zq7\r\nEND:VEVENT",
    "zq7\u2028zq7\u2029zq7 \u202ezq7\u202c \u2067zq7\u2069 \ufeffzq7",
    "zq7\x00zq7\x1b[31mzq7\x07 \x0c zq7\x85zq7 \ud800zq7",
    "../../../../etc/zq7 ..\\..\\zq7 file:///etc/zq7 C:\\zq7 \\\\zq7\\x zq7%00.pdf",
    "(zq7) Tj ET endstream endobj << /S /JavaScript /JS (zq7) >> %PDF-1.7 \\(zq7\\)",
    '<w:fldSimple w:instr="zq7"/> <speak><break time="9s"/>zq7</speak> [[zq7]]',
    "' OR 1=1;-- zq7 \" UNION SELECT zq7; DROP TABLE rows; $(zq7) `zq7` | zq7 & zq7",
)

# Two at a time, because each blend visits hundreds of pages.
BLENDS = tuple(" ".join(WILD[place : place + 2]) for place in range(0, len(WILD), 2))

# Cases that together ask for every box there is.
EVERY_BOX = (
    ("two-letters", "conference-durham-stage-1-complaint-by-a-supporter"),
    ("two-letters", "services-england-stage-3-escalation-late"),
    ("services-england-stage-1-complaint-late",),
)

_NEVER = frozenset(("applet", "base", "embed", "frame", "frameset", "iframe", "marquee", "math", "object"))
_LEADS = frozenset(
    ("action", "background", "cite", "data", "formaction", "href", "poster", "src", "srcset", "style")
)


class Browser:
    """A browser that keeps its cookies and checks nothing by itself."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()

    def secret(self, address: str = "/en/come-back") -> str:
        """The secret of a form on the page there."""
        found = re.search(r'name="csrf_token" value="([^"]+)', self.client.get(address).text)
        assert found, address
        return found[1]

    def hold(self, answers: dict[str, Any]) -> str:
        """Gives this browser these answers, whatever they are, and gives its key."""
        token = new_token()
        self.app.extensions["heard"].store.update(token, lambda _: json.loads(json.dumps(answers)))
        self.client.set_cookie("heard", token)
        return token

    def kept(self, token: str | None = None) -> dict[str, Any] | None:
        """The answers under this browser’s key, or another."""
        cookie = self.client.get_cookie("heard")
        key = token or (cookie.value if cookie else None)
        found: dict[str, Any] | None = self.app.extensions["heard"].store.read(key)
        return found


def whole_case(law: Law, *names: str) -> dict[str, Any]:
    """The answers of whole cases laid over one another: together they fill every box that there is."""
    answers: dict[str, Any] = {}
    for name in names or EVERY_BOX[0]:
        answers |= json.loads((CASES / f"{name}.json").read_text())["answers"]
    put(answers, "you.reply-by", ["post", "email", "phone"])
    for _ in range(30):
        step = walk(answers, law, TODAY).open_step
        if step is None:
            return answers
        if step.question.kind == "read":
            answers["read"] = [*answers.get("read", ()), step.question.id]
        for key in step.keys if step.question.kind != "read" else ():
            if value_at(answers, key) is None:
                put(answers, key, _sensible(step, key, law))
    raise AssertionError(step)


def _sensible(step: Step, key: str, law: Law) -> Any:
    kind = step.question.kind
    if kind == "event":
        return "not-known"
    if key != f"{step.letter}.{step.question.key}".lstrip("."):
        return ""
    if kind == "outcomes":
        return [next(entry.id for entry in law.outcomes if step.letter in entry.letters)]
    options = [option.id for option in step.question.option]
    return [options[-1]] if kind == "several" else options[0] if options else ""


def text_keys(step: Step, answers: dict[str, Any], law: Law) -> list[tuple[str, str]]:
    """The boxes of a page that a parent writes in: the name of each in the form, and its kind."""
    question = step.question
    if question.kind == "details":
        return [("details", "words")]
    if question.kind == "children":
        return [("names-0", "line")]
    found = walk(answers, law, TODAY)
    return [(box.id, box.kind) for box in boxes_of(question, found.facts_of(step))]


def filled(answers: dict[str, Any], law: Law, words: str) -> dict[str, Any]:
    """These answers with the same words in each box that takes words, as if the form had let them through."""
    made: dict[str, Any] = json.loads(json.dumps(answers))
    for step in walk(made, law, TODAY).steps:
        for name, _ in text_keys(step, made, law):
            if name == "names-0":
                made["children"] = [{"names": words, "born": "2019-04-02"}]
            elif name == "details":
                put(made, step.keys[0], words)
            else:
                put(made, f"{step.letter}.{name}" if step.letter else name, words)
    return made


def form_of(step: Step, answers: dict[str, Any]) -> dict[str, Any]:
    """What a browser would send for this page as it is answered."""
    form: dict[str, Any] = {"asks": step.id}
    for key in step.keys:
        own = key.removeprefix(f"{step.letter}.") if step.letter else key
        value = value_at(answers, key) or ""
        if isinstance(value, (str, list)) and own != "children":
            form[own] = value
    return form


def as_sent(words: str) -> bytes:
    """Words as a client sends them that does not care whether they are text."""
    return words.encode("utf-8", "surrogatepass")


# What an answer may never be


def faults(response: TestResponse) -> list[str]:
    """What is wrong with an answer, whatever was asked: its status, its headers, and what is in its page."""
    found = [f"status {response.status_code}"] if _broken(response) else []
    found += _wrong_headers(response)
    if response.mimetype == "text/html" and "attachment" not in response.headers.get(
        "Content-Disposition", ""
    ):
        found += page_faults(response.text)
        if "Traceback (most recent" in response.text or "werkzeug" in response.text:
            found.append("tells what broke")
    return found


def _broken(response: TestResponse) -> bool:
    """True for a fault of ours. A clear 503 says when to come again."""
    return response.status_code >= 500 and not (
        response.status_code == 503 and "Retry-After" in response.headers
    )


def _wrong_headers(response: TestResponse) -> list[str]:
    found = [name for name, value in HEADERS.items() if response.headers.getlist(name) != [value]]
    for name, value in response.headers:
        if name.lower().startswith(("x-zq7", "zq7")) or set("\r\n\0") & set(name + value):
            found.append(f"{name}: {value!r}")
    if "Cache-Control" not in response.headers:
        found.append("no Cache-Control")
    found += [each for each in response.headers.getlist("Set-Cookie") if MARK in each]
    found += [each for each in response.headers.getlist("Content-Disposition") if MARK in each]
    to = urlsplit(response.headers.get("Location", "/"))
    if to.netloc not in ("", "localhost", "www.bbc.co.uk") or (not to.netloc and not to.path.startswith("/")):
        found.append(f"leads to {response.headers['Location']}")
    return found


def page_faults(html: str) -> list[str]:
    """What in a page is more than words though somebody typed it."""
    # A page with no typed word in it is everybody’s, and looked at by other tests.
    return list(_page_faults(html)) if MARK in html else []


@cache
def _page_faults(html: str) -> tuple[str, ...]:
    root: Element = HTMLParser(namespace_html_elements=False).parse(html)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            if MARK in (element.text or ""):
                found.append("a comment")
            continue
        if element.tag in _NEVER or MARK in element.tag:
            found.append(f"<{element.tag}>")
        if element.tag in ("script", "style") and MARK in (element.text or ""):
            found.append(f"words in <{element.tag}>")
        for name, value in element.attrib.items():
            order = name.startswith("on") or MARK in name or (name == "autofocus" and value)
            if order or (name in _LEADS and _leads_out(name, value)):
                found.append(f"<{element.tag} {name}={value!r}>")
    return tuple(found)


def _leads_out(name: str, value: str) -> bool:
    """True for an address that a typed word made. A page may name itself in one, as a path of this site."""
    if MARK not in value:
        return value.lower().lstrip().startswith(("javascript:", "data:text", "vbscript:"))
    to = urlsplit(value)
    return name in ("style", "srcset") or to.netloc not in ("", "localhost") or not to.path.startswith("/")
