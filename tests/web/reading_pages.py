"""A page of the site as these tests read it: its tree, its words, its forms, and what is wrong with it."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

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
SAID = ("aria-label", "title", "alt", "placeholder", "aria-description")


@dataclass
class Field:
    """One name of a form: its kind, its values (with the words beside each), and what it holds now."""

    name: str
    kind: str
    values: dict[str, str] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form of a page."""

    element: Element
    method: str
    action: str
    fields: dict[str, Field]

    @property
    def asks(self) -> str:
        """What the form asks; empty when it asks nothing."""
        return "".join(self.fields["asks"].held) if "asks" in self.fields else ""

    def filled(self, **answers: object) -> dict[str, list[str]]:
        """What the browser sends with these answers in it; "_" stands for "-" in a name, "__" for "."."""
        sent = {
            each.name: list(each.held) for each in self.fields.values() if each.kind not in ("submit", "file")
        }
        for name, value in answers.items():
            values = value if isinstance(value, (list, tuple)) else [value]
            sent[name.replace("__", ".").replace("_", "-") if name not in sent else name] = [
                str(each) for each in values
            ]
        return {name: values for name, values in sent.items() if values}


class Page:
    """An HTML page. `faults` lists what is not as every page of the site must be."""

    def __init__(self, html: str, address: str = "") -> None:
        self.html, self.address = html, address
        parser = HTMLParser(namespace_html_elements=False)
        self.root: Element = parser.parse(html)
        self.parse_errors = [f"line {at[0]}: {code} {details or ''}" for at, code, details in parser.errors]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    # What it says

    @cached_property
    def title(self) -> str:
        """The title, as it stands in the history of a browser."""
        return text_of(self.one("title"))

    @property
    def h1(self) -> str:
        """The words of the page's heading."""
        return text_of(self.one("h1"))

    @property
    def text(self) -> str:
        """All words of the main part, on one line."""
        return text_of(self.one("main"))

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The error summary: the box that each message leads to, and the message."""
        return [
            (link.get("href", ""), text_of(link))
            for summary in self.all("div", "govuk-error-summary")
            for link in summary.iter("a")
        ]

    @property
    def field_errors(self) -> list[str]:
        """The messages at the boxes."""
        return [text_of(each) for each in self.all("p", "govuk-error-message")]

    @property
    def back(self) -> str:
        """Where Back leads."""
        return self.one("a", "govuk-back-link").get("href", "")

    # Its parts

    def all(self, tag: str, css: str = "") -> list[Element]:
        """The elements with this tag and class."""
        return [each for each in self.root.iter(tag) if not css or css in each.get("class", "").split()]

    def one(self, tag: str, css: str = "") -> Element:
        """The only element with this tag and class."""
        found = self.all(tag, css)
        assert len(found) == 1, f"{len(found)} of <{tag} {css}> at {self.address}"
        return found[0]

    def links(self, within: str = "body") -> dict[str, str]:
        """The links of a part of the page: words to address."""
        return {text_of(link): link.get("href", "") for link in self.one(within).iter("a")}

    def details(self, summary: str) -> Element:
        """The details element whose summary says this."""
        return next(each for each in self.all("details") if text_of(each[0]) == summary)

    @cached_property
    def forms(self) -> list[Form]:
        """The forms, those of the time-out dialog left out."""
        return [self._form(each) for each in self.all("form") if not self._inside(each, "dialog")]

    @property
    def form(self) -> Form:
        """The form of a question."""
        asking = [each for each in self.forms if each.asks] or self.forms
        assert len(asking) == 1, f"{len(asking)} forms at {self.address}"
        return asking[0]

    def _form(self, element: Element) -> Form:
        fields: dict[str, Field] = {}
        for each in element.iter():
            name = each.get("name", "")
            if each.tag not in ("input", "textarea", "button") or not name:
                continue
            kind = "textarea" if each.tag == "textarea" else each.get("type", "text")
            found = fields.setdefault(name, Field(name, kind))
            value = each.text or "" if each.tag == "textarea" else each.get("value", "")
            if kind in ("radio", "checkbox"):
                found.values[value] = self.label_of(each)
                if each.get("checked") is not None:
                    found.held.append(value)
            elif kind != "submit":
                # The parser drops the line feed that HTML ignores at the start of a textarea.
                found.held.append(value)
        return Form(element, element.get("method", "get"), element.get("action", ""), fields)

    def label_of(self, element: Element) -> str:
        """What a box is called: its label, or the text that aria names."""
        labels = (each for each in self.root.iter("label") if each.get("for") == element.get("id"))
        label = next(labels, None)
        return element.get("aria-label", "") if label is None else text_of(label)

    def _inside(self, element: Element, tag: str) -> bool:
        return any(each.tag == tag for each in self.above(element))

    def above(self, element: Element) -> Iterator[Element]:
        """The elements around this one, innermost first."""
        while (element := self.parents.get(element)) is not None:  # type: ignore[assignment]
            yield element

    def language_of(self, element: Element) -> str:
        """The language that this element is marked to be in."""
        return next(lang for each in (element, *self.above(element)) if (lang := each.get("lang")))

    def words_in(self, language: str) -> list[str]:
        """Each piece of text in that language, with what is only read aloud; scripts' own data too."""
        found = []
        for element in self.root.iter():
            if element.tag in ("script", "style") or not isinstance(element.tag, str):
                continue
            if self.language_of(element) == language:
                found.append(element.text or "")
                found += [element.get(name, "") for name in SAID]
                found += [value for name, value in element.attrib.items() if name.startswith("data-i18n.")]
                found += [element.get(name, "") for name in ("data-spoken", "data-found")]
            parent = self.parents.get(element)
            if parent is not None and self.language_of(parent) == language:
                found.append(element.tail or "")
        return [text for each in found if (text := squeeze(each))]

    # What is wrong with it

    @cached_property
    def faults(self) -> list[str]:
        """What is not as every page must be."""
        return [
            *self.parse_errors,
            *self._heading_faults(),
            *self._id_faults(),
            *self._nesting_faults(),
            *self._form_faults(),
            *self._policy_faults(),
        ]

    def _heading_faults(self) -> Iterator[str]:
        if not self.html.startswith("<!DOCTYPE html>"):
            yield "it does not begin with its doctype"
        if self.root.get("lang") not in ("en", "cy") or self.root.get("dir") not in ("ltr", "rtl"):
            yield "it does not say its language and direction"
        if len(self.all("title")) != 1 or not self.title or not self.title.endswith(" - Heard"):
            yield f"its title is {self.title!r}"
        if len(self.all("h1")) != 1 or not self.h1:
            yield f"it has {len(self.all('h1'))} h1"
        levels = [int(each.tag[1]) for each in self.root.iter() if each.tag in HEADINGS]
        steps = zip([1, *levels], levels, strict=False)
        if levels and levels[0] != 1 and self.all("main"):
            first = next(each for each in self.root.iter() if each.tag in HEADINGS)
            # The error summary stands above the heading of the page.
            if not any("govuk-error-summary" in each.get("class", "") for each in self.above(first)):
                yield f"its first heading is {text_of(first)!r}"
        yield from (
            f"a heading of level {two} follows one of level {one}" for one, two in steps if two > one + 1
        )
        if len(self.all("main")) != 1:
            yield "it has no main part"

    def _id_faults(self) -> Iterator[str]:
        counts = Counter(id for each in self.root.iter() if (id := each.get("id")) is not None)
        yield from (f"the id {id!r} stands {count} times" for id, count in counts.items() if count > 1)
        yield from (f"the id {id!r} holds a space" for id in counts if not id or re.search(r"\s", id))
        for element in self.root.iter():
            for name in NAMES_IDS:
                for id in element.get(name, "").split():
                    if id not in counts:
                        yield f"{name} names {id!r}, which is not there"
            href = element.get("href", "")
            if element.tag == "a" and href.startswith("#") and href[1:] not in counts:
                yield f"a link leads to {href}, which is not there"

    def _nesting_faults(self) -> Iterator[str]:
        for element in self.root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                continue
            parent = self.parents.get(element)
            holder = parent.tag if parent is not None else ""
            if tag in ONLY_IN and holder not in ONLY_IN[tag]:
                yield f"<{tag}> stands in <{holder}>"
            if holder in ONLY_HOLDS and tag not in ONLY_HOLDS[holder]:
                yield f"<{holder}> holds <{tag}>"
            if tag in BLOCKS:
                for each in self.above(element):
                    if each.tag in MAY_HOLD_HEADINGS and tag in HEADINGS:
                        break
                    if each.tag in PHRASING_ALONE:
                        yield f"<{tag}> stands inside <{each.tag}>"
                        break
                    if each.tag in BLOCKS:
                        break
            if tag in INTERACTIVE - {"label", "summary"} and any(
                each.tag in ("a", "button") for each in self.above(element)
            ):
                yield f"<{tag}> stands inside a link or button"
            if tag == "details" and (len(element) == 0 or element[0].tag != "summary"):
                yield "<details> without a summary first"
            if old := OLD_ATTRIBUTES & element.attrib.keys():
                yield f"<{tag}> has {old}"
            if tag == "ul" and len(element) == 0:
                yield "an empty list"
            if (tag in HEADINGS or tag in ("legend", "label", "summary", "a", "button")) and not named(
                element
            ):
                yield f"an empty <{tag}> ({element.attrib})"
            if tag == "img" and element.get("alt") is None:
                yield "a picture without alt"

    def _form_faults(self) -> Iterator[str]:
        labels = Counter(each.get("for") for each in self.root.iter("label"))
        for form in self.all("form"):
            if form.get("autocomplete") != "off":
                yield "a form lets the browser keep what was typed"
            if form.get("method", "get").lower() != "post":
                yield "a form would put its answers into the address"
            tokens = [each for each in form.iter("input") if each.get("name") == "csrf_token"]
            if len(tokens) != 1 or not tokens[0].get("value"):
                yield "a form without its secret"
        for element in self.root.iter():
            if element.tag not in LABELLED or element.get("type") in ("hidden", "submit", "button"):
                continue
            if not self._inside(element, "form"):
                yield f"the box {element.get('name')!r} stands outside the form"
            if labels[element.get("id")] != 1 or not self.label_of(element):
                yield f"the box {element.get('name')!r} has {labels[element.get('id')]} labels"
            if element.get("autocomplete") not in ("off", None):
                yield f"the box {element.get('name')!r} lets the browser keep what was typed"
            if element.get("type") in ("radio", "checkbox") and not (
                self._inside(element, "fieldset")
                or any(each.get("role") == "group" for each in self.above(element))
            ):
                yield f"the choice {element.get('name')!r} belongs to no group"
        yield from (f"a label for {id!r}, which is not there" for id in labels if not self._with_id(id))

    def _with_id(self, id: str | None) -> bool:
        return any(each.get("id") == id for each in self.root.iter() if each.tag in LABELLED)

    def _policy_faults(self) -> Iterator[str]:
        for element in self.root.iter():
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


def text_of(element: Element) -> str:
    """The words of an element on one line."""
    return squeeze("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield " " if child.tag == "br" else ""
        yield from _pieces(child) if isinstance(child.tag, str) else ()
        yield child.tail or ""


def squeeze(text: str) -> str:
    """The text with single spaces."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def named(element: Element) -> bool:
    """True when somebody who cannot see it is told what this is."""
    return bool(
        text_of(element) or element.get("aria-label") or any(e.get("aria-label") for e in element.iter())
    )
