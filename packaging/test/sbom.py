"""Holds a bill of materials (CycloneDX) against a folder of jars: each is listed, with its licence, and no other."""

import json
import pathlib
import sys

sbom = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
jars = {jar.name for jar in pathlib.Path(sys.argv[2]).glob("*.jar")}
listed = {f"{c['name']}-{c['version']}.jar": c for c in sbom["components"]}
problems = [f"lacks {jar}" for jar in sorted(jars - listed.keys())]
problems += [f"lists {jar}, which is not installed" for jar in sorted(listed.keys() - jars)]
problems += [f"tells no licence of {jar}" for jar, c in sorted(listed.items())
             if not c.get("licenses") and c.get("group") != "io.kinesisagent"]
problems += [f"tells no checksum of {jar}" for jar, c in sorted(listed.items())
             if not c.get("hashes") and c.get("group") != "io.kinesisagent"]
print("; ".join(problems) or len(listed))
sys.exit(1 if problems else 0)
