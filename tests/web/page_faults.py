"""What is not as every page of the site must be: headings, ids, nesting, forms, and what it loads."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from page_tree import Tree, named, text_of

from webapp.language import BY_ID
from webapp.security import CONTENT_SECURITY_POLICY

# These hold words and what stands within a line, no blocks.
PHRASING_ALONE = frozenset(
    (
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "strong",
        "b",
        "em",
        "i",
        "label",
        "button",
        "pre",
        "time",
        "summary",
        "dt",
        "small",
    )
)
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    )
)
# A summary and a legend may hold a heading.
MAY_HOLD_HEADINGS = frozenset({"summary", "legend"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ONLY_IN = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "tr": {"tbody", "thead", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}
ONLY_HOLDS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"}}
INTERACTIVE = frozenset({"a", "button", "input", "select", "textarea", "label", "summary"})
LABELLED = frozenset({"input", "textarea", "select"})
NAMES_IDS = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns")
OLD_ATTRIBUTES = frozenset({"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign", "nowrap"})


def faults_of(page: Tree) -> list[str]:
    """What is not as every page must be."""
    return [
        *page.parse_errors,
        *_heading_faults(page),
        *_id_faults(page),
        *_nesting_faults(page),
        *_form_faults(page),
        *_policy_faults(page),
    ]


def _heading_faults(page: Tree) -> Iterator[str]:
    if not page.html.startswith("<!DOCTYPE html>"):
        yield "it does not begin with its doctype"
    language = BY_ID.get(page.root.get("lang", ""))
    if language is None or page.root.get("dir") != language.direction:
        yield "it does not say its language and direction"
    if len(page.all("title")) != 1 or not page.title or not page.title.endswith(" - Heard"):
        yield f"its title is {page.title!r}"
    if len(page.all("h1")) != 1 or not page.h1:
        yield f"it has {len(page.all('h1'))} h1"
    levels = [int(each.tag[1]) for each in page.root.iter() if each.tag in HEADINGS]
    steps = zip([1, *levels], levels, strict=False)
    if levels and levels[0] != 1 and page.all("main"):
        first = next(each for each in page.root.iter() if each.tag in HEADINGS)
        # The error summary stands above the heading of the page.
        if not any("govuk-error-summary" in each.get("class", "") for each in page.above(first)):
            yield f"its first heading is {text_of(first)!r}"
    yield from (f"a heading of level {two} follows one of level {one}" for one, two in steps if two > one + 1)
    if len(page.all("main")) != 1:
        yield "it has no main part"


def _id_faults(page: Tree) -> Iterator[str]:
    counts = Counter(id for each in page.root.iter() if (id := each.get("id")) is not None)
    yield from (f"the id {id!r} stands {count} times" for id, count in counts.items() if count > 1)
    yield from (f"the id {id!r} holds a space" for id in counts if not id or re.search(r"\s", id))
    for element in page.root.iter():
        for name in NAMES_IDS:
            for id in element.get(name, "").split():
                if id not in counts:
                    yield f"{name} names {id!r}, which is not there"
        href = element.get("href", "")
        if element.tag == "a" and href.startswith("#") and href[1:] not in counts:
            yield f"a link leads to {href}, which is not there"


def _nesting_faults(page: Tree) -> Iterator[str]:
    for element in page.root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        parent = page.parents.get(element)
        holder = parent.tag if parent is not None else ""
        if tag in ONLY_IN and holder not in ONLY_IN[tag]:
            yield f"<{tag}> stands in <{holder}>"
        if holder in ONLY_HOLDS and tag not in ONLY_HOLDS[holder]:
            yield f"<{holder}> holds <{tag}>"
        if tag in BLOCKS:
            for each in page.above(element):
                if each.tag in MAY_HOLD_HEADINGS and tag in HEADINGS:
                    break
                if each.tag in PHRASING_ALONE:
                    yield f"<{tag}> stands inside <{each.tag}>"
                    break
                if each.tag in BLOCKS:
                    break
        if tag in INTERACTIVE - {"label", "summary"} and any(
            each.tag in ("a", "button") for each in page.above(element)
        ):
            yield f"<{tag}> stands inside a link or button"
        if tag == "details" and (len(element) == 0 or element[0].tag != "summary"):
            yield "<details> without a summary first"
        if old := OLD_ATTRIBUTES & element.attrib.keys():
            yield f"<{tag}> has {old}"
        if tag == "ul" and len(element) == 0:
            yield "an empty list"
        if (tag in HEADINGS or tag in ("legend", "label", "summary", "a", "button")) and not named(element):
            yield f"an empty <{tag}> ({element.attrib})"
        if tag == "img" and element.get("alt") is None:
            yield "a picture without alt"


def _form_faults(page: Tree) -> Iterator[str]:
    labels = Counter(each.get("for") for each in page.root.iter("label"))
    for form in page.all("form"):
        if form.get("autocomplete") != "off":
            yield "a form lets the browser keep what was typed"
        if form.get("role") == "search":
            # It only says what a list is to show: nothing is typed into it, and it changes nothing.
            if [each for each in form.iter() if each.tag in ("input", "textarea")]:
                yield "a form that only chooses has a box to type into"
            continue
        if form.get("method", "get").lower() != "post":
            yield "a form would put its answers into the address"
        tokens = [each for each in form.iter("input") if each.get("name") == "csrf_token"]
        if len(tokens) != 1 or not tokens[0].get("value"):
            yield "a form without its secret"
    for element in page.root.iter():
        if element.tag not in LABELLED or element.get("type") in ("hidden", "submit", "button"):
            continue
        if not page.inside(element, "form"):
            yield f"the box {element.get('name')!r} stands outside the form"
        if labels[element.get("id")] != 1 or not page.label_of(element):
            yield f"the box {element.get('name')!r} has {labels[element.get('id')]} labels"
        if element.get("autocomplete") not in ("off", None):
            yield f"the box {element.get('name')!r} lets the browser keep what was typed"
        if element.get("type") in ("radio", "checkbox") and not (
            page.inside(element, "fieldset")
            or any(each.get("role") == "group" for each in page.above(element))
        ):
            yield f"the choice {element.get('name')!r} belongs to no group"
    yield from (f"a label for {id!r}, which is not there" for id in labels if not _with_id(page, id))


def _with_id(page: Tree, id: str | None) -> bool:
    return any(each.get("id") == id for each in page.root.iter() if each.tag in LABELLED)


def _policy_faults(page: Tree) -> Iterator[str]:
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or element.get("style") is not None:
            yield f"<{element.tag}> carries a style of its own"
        yield from (f"<{element.tag}> carries {name}" for name in element.attrib if name.startswith("on"))
        if element.tag == "script" and not element.get("src"):
            digest = base64.b64encode(sha256((element.text or "").encode()).digest()).decode()
            if f"'sha256-{digest}'" not in CONTENT_SECURITY_POLICY:
                yield "a script that the browser will refuse"
        for name in ("src", "href", "action"):
            address = element.get(name, "")
            if re.match(r"https?:|//", address) and element.tag != "a":
                yield f"<{element.tag}> calls {address}"
            if address.lower().startswith("javascript:"):
                yield f"<{element.tag}> runs a script"
