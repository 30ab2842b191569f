"""Holds a bill of materials (CycloneDX) against published advisories (OSV's format), without a network.

Usage: vulnerabilities.py SBOM ADVISORIES, the latter a folder or a zip file of OSV's JSON files, such as the
export of the ecosystem Maven. Prints what is affected; exit status 1 where something is.
"""

import json
import pathlib
import re
import sys
import urllib.parse
import zipfile

QUALIFIERS = {"alpha": -5, "a": -5, "beta": -4, "b": -4, "milestone": -3, "m": -3, "rc": -2, "cr": -2, "snapshot": -1}
RELEASES = {"", "ga", "final", "release"}


def version_key(version):
    """Orders versions as Maven does: numbers as numbers, what announces a release before it, the rest behind."""
    key = []

    def without_zeros():
        while key and key[-1] == (1, 0, ""):
            key.pop()

    for part in re.findall(r"\d+|[a-z]+", version.lower()):
        if part.isdigit():
            key.append((1, int(part), ""))
            continue
        without_zeros()
        if part in QUALIFIERS:
            key.append((QUALIFIERS[part], 0, ""))
        elif part not in RELEASES:
            key.append((0, 1, part))
    without_zeros()
    return key + [(0, 0, "")]


def in_range(version, events):
    found = False
    order = {"introduced": 0, "last_affected": 1, "fixed": 2}
    steps = sorted(
        ((version_key("" if bound == "0" else bound), order[kind], kind) for event in events
         for kind, bound in event.items() if kind in order))
    at = version_key(version)
    for bound, _, kind in steps:
        if kind == "introduced" and at >= bound:
            found = True
        elif kind == "fixed" and at >= bound:
            found = False
        elif kind == "last_affected" and at > bound:
            found = False
    return found


def affects(entry, version):
    if version in entry.get("versions", []):
        return True
    return any(in_range(version, r["events"]) for r in entry.get("ranges", []) if r["type"] in ("ECOSYSTEM", "SEMVER"))


def advisories(source):
    if source.is_dir():
        for file in sorted(source.glob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))
    else:
        with zipfile.ZipFile(source) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".json"):
                    yield json.loads(archive.read(name))


def components(sbom):
    for component in json.loads(sbom.read_text(encoding="utf-8"))["components"]:
        match = re.fullmatch(r"pkg:maven/([^/]+)/([^@]+)@([^?]+).*", component.get("purl", ""))
        if match:
            group, name, version = (urllib.parse.unquote(part) for part in match.groups())
            yield f"{group}:{name}", version


def findings(sbom, source):
    """What is affected, as lines of text, and how many components and advisories were compared."""
    present = dict(components(sbom))
    found = []
    count = 0
    for advisory in advisories(source):
        count += 1
        if advisory.get("withdrawn"):
            continue
        for entry in advisory.get("affected", []):
            package = entry.get("package", {})
            version = present.get(package.get("name")) if package.get("ecosystem") == "Maven" else None
            if version and affects(entry, version):
                found.append(f"{package['name']} {version}: {advisory['id']} {advisory.get('summary', '')}")
    return sorted(set(found)), len(present), count


if __name__ == "__main__":
    lines, parts, known = findings(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    print("\n".join(lines), end="\n" if lines else "")
    print(f"{parts} components, {known} advisories, {len(lines)} findings")
    sys.exit(1 if lines or not parts or not known else 0)
