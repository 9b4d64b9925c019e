"""The manifests keep Kubernetes' Pod Security Standard "restricted", and more: each of its controls is a row.

Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ (v1.30 and later). What a
container does not say, its pod says for it.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

VOLUMES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
}
PROFILES = ({"type": "RuntimeDefault"}, {"type": "Localhost"})
SYSCTLS = {
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
}


def breaches(pod: dict[str, Any]) -> set[str]:
    """Return the names of the controls that a pod's specification breaks."""
    found = {name for name, keeps in POD_CONTROLS.items() if not keeps(pod)}
    shared = pod.get("securityContext", {})
    for container in [
        *pod.get("initContainers", []),
        *pod["containers"],
        *pod.get("ephemeralContainers", []),
    ]:
        context = {**shared, **container.get("securityContext", {})}
        found |= {name for name, keeps in CONTAINER_CONTROLS.items() if not keeps(container, context)}
    return found


POD_CONTROLS = {
    "host namespaces": lambda pod: not any(pod.get(name) for name in ("hostNetwork", "hostPID", "hostIPC")),
    "volume types": lambda pod: all((set(volume) - {"name"}) <= VOLUMES for volume in pod.get("volumes", [])),
    "sysctls": lambda pod: (
        {each["name"] for each in pod.get("securityContext", {}).get("sysctls", [])} <= SYSCTLS
    ),
}
CONTAINER_CONTROLS = {
    "privileged": lambda container, context: not context.get("privileged"),
    "host ports": lambda container, context: (
        not any(port.get("hostPort") for port in container.get("ports", []))
    ),
    "probe hosts": lambda container, context: (
        not any(
            probe.get(kind, {}).get("host")
            for name, probe in container.items()
            if name.endswith("Probe")
            for kind in ("httpGet", "tcpSocket")
        )
    ),
    "privilege escalation": lambda container, context: context.get("allowPrivilegeEscalation") is False,
    "running as non-root": lambda container, context: context.get("runAsNonRoot") is True,
    "non-root user": lambda container, context: context.get("runAsUser") != 0,
    "capabilities": lambda container, context: (
        "ALL" in context.get("capabilities", {}).get("drop", [])
        and set(context.get("capabilities", {}).get("add", [])) <= {"NET_BIND_SERVICE"}
    ),
    "seccomp": lambda container, context: {"type": context.get("seccompProfile", {}).get("type")} in PROFILES,
    "/proc mount": lambda container, context: context.get("procMount", "Default") == "Default",
    "SELinux": lambda container, context: not {"user", "role"} & set(context.get("seLinuxOptions", {})),
    "AppArmor": lambda container, context: (
        context.get("appArmorProfile", {}).get("type", "RuntimeDefault") in ("RuntimeDefault", "Localhost")
    ),
    # Beyond the standard: what is asked of this service.
    "read-only root": lambda container, context: context.get("readOnlyRootFilesystem") is True,
}

KEPT: dict[str, Any] = {
    "securityContext": {"runAsNonRoot": True, "runAsUser": 1, "seccompProfile": {"type": "RuntimeDefault"}},
    "containers": [
        {
            "name": "a",
            "securityContext": {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            },
        }
    ],
}
BREAKS = [
    ("host namespaces", "", {"hostNetwork": True}),
    ("host namespaces", "", {"hostPID": True}),
    ("volume types", "", {"volumes": [{"name": "v", "hostPath": {"path": "/"}}]}),
    ("sysctls", "securityContext", {"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}),
    ("running as non-root", "securityContext", {"runAsNonRoot": False}),
    ("non-root user", "securityContext", {"runAsUser": 0}),
    ("seccomp", "securityContext", {"seccompProfile": {"type": "Unconfined"}}),
    ("seccomp", "securityContext", {"seccompProfile": {}}),
    ("privileged", "container", {"privileged": True}),
    ("privilege escalation", "container", {"allowPrivilegeEscalation": None}),
    ("capabilities", "container", {"capabilities": {}}),
    ("capabilities", "container", {"capabilities": {"drop": ["ALL"], "add": ["NET_ADMIN"]}}),
    ("running as non-root", "container", {"runAsNonRoot": False}),
    ("/proc mount", "container", {"procMount": "Unmasked"}),
    ("SELinux", "container", {"seLinuxOptions": {"user": "root"}}),
    ("AppArmor", "container", {"appArmorProfile": {"type": "Unconfined"}}),
    ("read-only root", "container", {"readOnlyRootFilesystem": False}),
    ("host ports", "ports", {"ports": [{"containerPort": 1, "hostPort": 1}]}),
    ("probe hosts", "ports", {"livenessProbe": {"httpGet": {"host": "elsewhere"}}}),
]


def test_every_pod_keeps_every_control(manifests) -> None:
    pods = [found["spec"]["template"]["spec"] for found in manifests if found["kind"] == "Deployment"]
    assert len(pods) >= 2
    assert [breaches(pod) for pod in pods] == [set()] * len(pods)


def test_the_cluster_itself_holds_the_namespace_to_it(manifests) -> None:
    (namespace,) = [found for found in manifests if found["kind"] == "Namespace"]
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


@pytest.mark.parametrize(("control", "where", "change"), BREAKS)
def test_the_check_sees_each_breach(control: str, where: str, change: dict[str, Any]) -> None:
    assert breaches(KEPT) == set()
    pod = copy.deepcopy(KEPT)
    (container,) = pod["containers"]
    places = {"": pod, "securityContext": pod["securityContext"], "ports": container}
    places.get(where, container["securityContext"]).update(change)
    assert control in breaches(pod)


def test_every_control_is_seen_to_be_broken() -> None:
    assert {control for control, _, _ in BREAKS} == {*POD_CONTROLS, *CONTAINER_CONTROLS}
