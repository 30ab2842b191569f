"""Checks the examples for containers: they parse, name this version, and keep the promises of the image."""

import json
import pathlib
import sys

import yaml

VERSION = sys.argv[1]
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "docker" / "examples"
PROBLEMS = []


def check(file, what, holds):
    if not holds:
        PROBLEMS.append(f"{file}: {what}")


def flows(file, text):
    check(file, "its agent.json has flows", json.loads(text).get("flows"))


def pod(file, spec, agent):
    check(file, "names this version", agent["image"] == f"aws-kinesis-agent:{VERSION}")
    security = agent["securityContext"]
    check(file, "numeric user", isinstance(security.get("runAsUser"), int))
    check(file, "read-only root", security.get("readOnlyRootFilesystem") is True)
    check(file, "no escalation", security.get("allowPrivilegeEscalation") is False)
    check(file, "no capabilities", security["capabilities"]["drop"] == ["ALL"])
    check(file, "a limit of memory", agent["resources"]["limits"].get("memory"))
    check(file, "a probe by status", agent["livenessProbe"]["exec"]["command"][-1] == "status")
    check(file, "time to drain", spec["terminationGracePeriodSeconds"] > 10)
    volumes = {volume["name"] for volume in spec["volumes"]}
    mounts = {mount["mountPath"]: mount for mount in agent["volumeMounts"]}
    check(file, "every mount has its volume", all(m["name"] in volumes for m in mounts.values()))
    check(file, "a volume for the state", "/var/lib/aws-kinesis-agent" in mounts)
    writable = [path for path, mount in mounts.items() if not mount.get("readOnly")]
    check(file, "only the state is writable", writable == ["/var/lib/aws-kinesis-agent"])


for name, kind in (("kubernetes-sidecar", "Deployment"), ("kubernetes-daemonset", "DaemonSet")):
    documents = {d["kind"]: d for d in yaml.safe_load_all((FOLDER / f"{name}.yaml").read_text())}
    workload = documents[kind]["spec"]
    template = workload["template"]
    labels = workload["selector"]["matchLabels"]
    check(name, "selects its own pods", labels.items() <= template["metadata"]["labels"].items())
    spec = template["spec"]
    containers = spec["containers"] + spec.get("initContainers", [])
    pod(name, spec, next(c for c in containers if c["name"] == "agent"))
    flows(name, documents["ConfigMap"]["data"]["agent.json"])

compose = yaml.safe_load((FOLDER / "compose.yaml").read_text())
service = compose["services"]["agent"]
check("compose", "names this version", service["image"] == f"aws-kinesis-agent:{VERSION}")
check("compose", "read-only root", service["read_only"] is True)
check("compose", "numeric user", service["user"].replace(":", "").isdigit())
named = {v.split(":")[0] for v in service["volumes"] if not v.startswith(".")}
check("compose", "declares its volumes", named <= set(compose["volumes"]))
flows("compose", (FOLDER / "agent.json").read_text())

print("\n".join(PROBLEMS), end="\n" if PROBLEMS else "")
sys.exit(1 if PROBLEMS else 0)
