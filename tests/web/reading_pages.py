"""A page of the site as these tests read it: its tree, its words, its forms, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from page_faults import faults_of
from page_tree import Tree, squeeze, text_of

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


class Page(Tree):
    """An HTML page. `faults` lists what is not as every page of the site must be."""

    # What it says

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

    def links(self, within: str = "body") -> dict[str, str]:
        """The links of a part of the page: words to address."""
        return {text_of(link): link.get("href", "") for link in self.one(within).iter("a")}

    def details(self, summary: str) -> Element:
        """The details element whose summary says this."""
        return next(each for each in self.all("details") if text_of(each[0]) == summary)

    @cached_property
    def forms(self) -> list[Form]:
        """The forms, those of the time-out dialog left out."""
        return [self._form(each) for each in self.all("form") if not self.inside(each, "dialog")]

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
        return faults_of(self)
