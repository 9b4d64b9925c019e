"""The manifests keep Kubernetes' Pod Security Standard "restricted", and more (``pod_controls``)."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pod_controls import CONTAINER_CONTROLS, POD_CONTROLS, breaches

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
