"""Tests vulnerabilities.py on a few made-up components and advisories."""

import json
import pathlib
import tempfile
import unittest

import vulnerabilities

HERE = pathlib.Path(__file__).resolve().parent


class VulnerabilitiesTest(unittest.TestCase):
    def found(self, *purls):
        with tempfile.TemporaryDirectory() as folder:
            sbom = pathlib.Path(folder, "sbom.json")
            sbom.write_text(json.dumps({"components": [{"purl": purl} for purl in purls]}))
            return [line.split(": ")[0] for line in vulnerabilities.findings(sbom, HERE / "advisories")[0]]

    def test_a_version_within_the_range_is_found(self):
        for version in ("2.0-beta9", "2.0-rc1", "2.0", "2.14.1", "2.15.0-rc1"):
            self.assertEqual(self.found(f"pkg:maven/org.example/ranged@{version}?type=jar"), [f"org.example:ranged {version}"])

    def test_one_outside_is_not(self):
        for version in ("1.9", "2.0-beta8", "2.15", "2.15.0", "2.15.1", "2.16.0-rc1", "10.0"):
            self.assertEqual(self.found(f"pkg:maven/org.example/ranged@{version}?type=jar"), [])

    def test_listed_versions_and_the_last_affected(self):
        self.assertEqual(
            self.found("pkg:maven/org.example/listed@1.0.1?type=jar"), ["org.example:listed 1.0.1"])
        self.assertEqual(self.found("pkg:maven/org.example/listed@0.9?type=jar"), ["org.example:listed 0.9"])
        self.assertEqual(self.found("pkg:maven/org.example/listed@1.0?type=jar"), [])

    def test_another_ecosystem_is_another_package(self):
        self.assertEqual(self.found("pkg:maven/org.example/other@1.0?type=jar"), [])


if __name__ == "__main__":
    unittest.main()
