"""The job that answers an archive on Ray: its pods fit the Kubernetes schema, its command is one that exists.

KubeRay's schema is not among the packages that the tests may install; the fields of a RayJob that are used
are checked by name (KubeRay 1.x, API ray.io/v1).
"""

from __future__ import annotations

import shlex

import kubernetes_validate
import pytest
from pod_controls import KUBERNETES, breaches

from service.cli import batch

FIELDS = {
    "spec": {"entrypoint", "shutdownAfterJobFinishes", "ttlSecondsAfterFinished", "backoffLimit"}
    | {"submissionMode", "rayClusterSpec"},
    "cluster": {"headGroupSpec", "workerGroupSpecs"},
    "group": {"groupName", "replicas", "minReplicas", "maxReplicas", "rayStartParams", "template"},
}


@pytest.fixture(scope="module")
def job(render) -> dict:
    (found,) = render("k8s/archive")
    assert (found["apiVersion"], found["kind"]) == ("ray.io/v1", "RayJob")
    return found["spec"]


def groups(job: dict) -> list[dict]:
    cluster = job["rayClusterSpec"]
    return [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]


def test_only_fields_that_a_ray_job_has_are_used(job: dict) -> None:
    assert set(job) <= FIELDS["spec"]
    assert set(job["rayClusterSpec"]) == FIELDS["cluster"]
    assert all(set(group) <= FIELDS["group"] for group in groups(job))
    assert all(isinstance(value, str) for group in groups(job) for value in group["rayStartParams"].values())


@pytest.mark.parametrize("version", KUBERNETES)
def test_its_pods_fit_the_schema_and_are_confined(job: dict, version: str) -> None:
    for group in groups(job):
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "pod"}, **group["template"]}
        kubernetes_validate.validate(pod, version, strict=True)
        assert not breaches(group["template"]["spec"])
        assert all(
            c["securityContext"]["readOnlyRootFilesystem"] for c in group["template"]["spec"]["containers"]
        )


def test_its_command_is_one_that_there_is(job: dict) -> None:
    name, command, *arguments = shlex.split(job["entrypoint"])
    assert (name, command) == ("quotes", "batch")
    options = {parameter.name: parameter for parameter in batch.params}
    given = dict(zip(arguments[2::2], arguments[3::2], strict=True))
    assert given["--engine"] in options["engine"].type.choices
    assert int(given["--workers"]) == job["rayClusterSpec"]["workerGroupSpecs"][0]["maxReplicas"]
