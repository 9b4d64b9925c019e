"""The manifests are valid, agree with each other and with the service, and ask for no more than they need."""

import re

import kubernetes_validate
import pytest
from pod_controls import KUBERNETES

from service.config import Settings


def of_kind(manifests, kind):
    return {found["metadata"]["name"]: found for found in manifests if found["kind"] == kind}


def pods(manifests):
    """Return deployment name -> pod specification."""
    return {
        name: found["spec"]["template"]["spec"] for name, found in of_kind(manifests, "Deployment").items()
    }


def containers(manifests):
    return [container for pod in pods(manifests).values() for container in pod["containers"]]


def mebibytes(quantity):
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi|mb)", quantity).groups()
    return int(number) * {"Mi": 1, "mb": 1, "Gi": 1024}[unit]


def settings(manifests):
    """Return the settings that the service's pods get."""
    (config,) = of_kind(manifests, "ConfigMap").values()
    assert {"configMapRef": {"name": config["metadata"]["name"]}} in pods(manifests)["quotes"]["containers"][
        0
    ]["envFrom"]
    return Settings.from_env(config["data"])


def matches(selector, labels):
    return selector["matchLabels"].items() <= labels.items()


@pytest.mark.parametrize("version", KUBERNETES)
def test_every_object_fits_the_kubernetes_schema(manifests, version):
    for found in manifests:
        kubernetes_validate.validate(found, version, strict=True)


def test_everything_that_runs_the_service_is_there(manifests):
    kinds = {found["kind"] for found in manifests}
    assert kinds >= {
        "ConfigMap",
        "Deployment",
        "HorizontalPodAutoscaler",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "Service",
    }


def test_every_pod_runs_without_root_or_credentials(manifests):
    for pod in pods(manifests).values():
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["runAsUser"] > 0
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}


def test_every_container_is_confined(manifests):
    for container in containers(manifests):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_every_container_says_what_it_needs_and_how_it_does(manifests):
    for container in containers(manifests):
        assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
        assert "memory" in container["resources"]["limits"]
        assert {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys()


def test_every_image_has_a_version(manifests):
    for container in containers(manifests):
        version = re.search(r"(?::|@sha256:)([^/:]+)$", container["image"])
        assert version, container["image"]
        assert version.group(1) != "latest"


def test_the_service_runs_as_the_user_of_its_image(manifests, dockerfile):
    context = pods(manifests)["quotes"]["securityContext"]
    assert f"USER {context['runAsUser']}:{context['runAsGroup']}" in dockerfile


def test_probes_ask_what_they_are_for(manifests):
    (container,) = pods(manifests)["quotes"]["containers"]
    paths = {
        kind: container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "readiness", "liveness")
    }
    assert paths == {"startup": "/readyz", "readiness": "/readyz", "liveness": "/livez"}


def test_ports_agree_from_service_to_container(manifests, dockerfile):
    exposed = int(re.search(r"^EXPOSE (\d+)$", dockerfile, re.MULTILINE).group(1))
    (container,) = pods(manifests)["quotes"]["containers"]
    assert [(port["name"], port["containerPort"]) for port in container["ports"]] == [("http", exposed)]
    assert f"QUOTES_BIND=0.0.0.0:{exposed}" in dockerfile
    assert of_kind(manifests, "Service")["quotes"]["spec"]["ports"][0]["targetPort"] == "http"


def test_selectors_find_their_pods(manifests):
    labels = {
        name: found["spec"]["template"]["metadata"]["labels"]
        for name, found in of_kind(manifests, "Deployment").items()
    }
    for name, found in of_kind(manifests, "Service").items():
        assert found["spec"]["selector"].items() <= labels[name].items()
    for kind, field in (
        ("Deployment", "selector"),
        ("PodDisruptionBudget", "selector"),
        ("NetworkPolicy", "podSelector"),
    ):
        for name, found in of_kind(manifests, kind).items():
            assert matches(found["spec"][field], labels[name])
            assert not any(
                matches(found["spec"][field], other) for key, other in labels.items() if key != name
            )


def test_every_setting_is_known_and_valid(manifests):
    (config,) = of_kind(manifests, "ConfigMap").values()
    assert config["data"].keys() <= settings(manifests).masked().keys()


def test_what_is_secret_comes_from_a_secret_and_goes_before_the_rest(manifests):
    (container,) = pods(manifests)["quotes"]["containers"]
    assert container["envFrom"][-1] == {"secretRef": {"name": "quotes", "optional": True}}
    (config,) = of_kind(manifests, "ConfigMap").values()
    assert not {"QUOTES_API_KEYS", "REDIS_PASSWORD"} & config["data"].keys()
    assert "@" not in config["data"]["REDIS_URL"]


def test_a_request_may_end_before_its_pod_does(manifests):
    pod = pods(manifests)["quotes"]
    pause = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] > pause + settings(manifests).deadline_seconds + 5


def test_the_autoscaler_alone_sets_the_number_of_pods(manifests):
    (scaler,) = of_kind(manifests, "HorizontalPodAutoscaler").values()
    target = of_kind(manifests, "Deployment")[scaler["spec"]["scaleTargetRef"]["name"]]
    assert "replicas" not in target["spec"]
    assert scaler["spec"]["minReplicas"] > 1


def test_the_service_writes_to_memory_only(manifests):
    pod = pods(manifests)["quotes"]
    assert {mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]} == {"/tmp", "/dev/shm"}
    for volume in pod["volumes"]:
        assert volume["emptyDir"]["medium"] == "Memory"
        assert volume["emptyDir"]["sizeLimit"]


def test_redis_is_a_cache_and_nothing_else(manifests):
    (container,) = pods(manifests)["quotes-redis"]["containers"]
    words = container["args"]
    options = dict(zip(words[::2], words[1::2], strict=True))
    assert options["--save"] == ""
    assert options["--appendonly"] == "no"
    assert options["--maxmemory-policy"] == "allkeys-lru"
    assert mebibytes(options["--maxmemory"]) < 0.75 * mebibytes(container["resources"]["limits"]["memory"])
    assert "volumes" not in pods(manifests)["quotes-redis"]


def test_the_service_finds_redis_and_may_talk_to_it(manifests):
    redis = of_kind(manifests, "Service")["quotes-redis"]
    (port,) = redis["spec"]["ports"]
    assert settings(manifests).redis_url == f"redis://{redis['metadata']['name']}:{port['port']}/0"
    labels = of_kind(manifests, "Deployment")["quotes-redis"]["spec"]["template"]["metadata"]["labels"]
    allowed = of_kind(manifests, "NetworkPolicy")["quotes"]["spec"]["egress"]
    assert any(
        matches(peer["podSelector"], labels) and {"port": port["port"]} in rule["ports"]
        for rule in allowed
        for peer in rule["to"]
        if "podSelector" in peer
    )


def test_only_the_service_reaches_redis_and_redis_reaches_nobody(manifests):
    policy = of_kind(manifests, "NetworkPolicy")["quotes-redis"]["spec"]
    labels = of_kind(manifests, "Deployment")["quotes"]["spec"]["template"]["metadata"]["labels"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["egress"] == []
    (rule,) = policy["ingress"]
    (peer,) = rule["from"]
    assert matches(peer["podSelector"], labels)


def test_nobody_reaches_the_service_unless_labelled(manifests):
    policy = of_kind(manifests, "NetworkPolicy")["quotes"]["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    for rule in policy["ingress"]:
        assert rule["ports"] == [{"port": "http"}]
        for peer in rule["from"]:
            (selector,) = peer.values()
            assert selector["matchLabels"] == {"quote-attribution/client": "true"}
