"""The controls of Kubernetes' Pod Security Standard "restricted", and more: each of them is a row.

Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ (v1.30 and later). What a
container does not say, its pod says for it.
"""

from __future__ import annotations

from typing import Any

KUBERNETES = ("1.30", "1.37")
"""The oldest and the newest release that we say we run on."""

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
