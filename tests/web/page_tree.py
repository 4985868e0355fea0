"""A page as a tree: its elements, what stands around each, and the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser


class Tree:
    """An HTML page as a browser reads it."""

    def __init__(self, html: str, address: str = "") -> None:
        self.html, self.address = html, address
        parser = HTMLParser(namespace_html_elements=False)
        self.root: Element = parser.parse(html)
        self.parse_errors = [f"line {at[0]}: {code} {details or ''}" for at, code, details in parser.errors]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def title(self) -> str:
        """The title, as it stands in the history of a browser."""
        return text_of(self.one("title"))

    @property
    def h1(self) -> str:
        """The words of the page's heading."""
        return text_of(self.one("h1"))

    def all(self, tag: str, css: str = "") -> list[Element]:
        """The elements with this tag and class."""
        return [each for each in self.root.iter(tag) if not css or css in each.get("class", "").split()]

    def one(self, tag: str, css: str = "") -> Element:
        """The only element with this tag and class."""
        found = self.all(tag, css)
        assert len(found) == 1, f"{len(found)} of <{tag} {css}> at {self.address}"
        return found[0]

    def label_of(self, element: Element) -> str:
        """What a box is called: its label, or the text that aria names."""
        labels = (each for each in self.root.iter("label") if each.get("for") == element.get("id"))
        label = next(labels, None)
        return element.get("aria-label", "") if label is None else text_of(label)

    def inside(self, element: Element, tag: str) -> bool:
        """True when an element with this tag stands around this one."""
        return any(each.tag == tag for each in self.above(element))

    def above(self, element: Element) -> Iterator[Element]:
        """The elements around this one, innermost first."""
        while (element := self.parents.get(element)) is not None:  # type: ignore[assignment]
            yield element


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
