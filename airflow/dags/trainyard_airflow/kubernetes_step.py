"""A step in a pod, where one machine is outgrown. The same images and arguments; its secrets are Kubernetes' own."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk.exceptions import AirflowException
from kubernetes.client import ApiException
from kubernetes.client import models as k8s

from trainyard_airflow.assets import announce
from trainyard_airflow.endings import ending
from trainyard_airflow.outcomes import Tries, begin, conclude, leave
from trainyard_airflow.results import result_of

USER = 1654


class KubernetesStep(KubernetesPodOperator):
    """
    The KubernetesPodOperator, with exit codes that mean something and a hardened pod with hard limits. Secret
    trainyard-store (-reader, -writer) holds the variables that the Connection of the same name becomes under
    Docker; the pod refers to it. What a dead worker left is taken up by the operator itself.
    """

    # As of a sensor: a task that has named a moment is not started before it.
    reschedule = True

    def __init__(
        self,
        *,
        connections: Sequence[str],
        form: Sequence[str],
        makes: str | None,
        outcome: bool,
        cpu_limit: float,
        mem_limit: str,
        **kwargs: Any,
    ) -> None:
        limits = {"memory": mem_limit.upper() + "i", "cpu": f"{cpu_limit:g}"}
        super().__init__(
            env_from=[
                k8s.V1EnvFromSource(secret_ref=k8s.V1SecretEnvSource(name=f"trainyard-{name}")) for name in connections
            ],
            container_resources=k8s.V1ResourceRequirements(requests=limits, limits=limits),
            security_context=k8s.V1PodSecurityContext(
                run_as_non_root=True, run_as_user=USER, seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault")
            ),
            container_security_context=k8s.V1SecurityContext(
                read_only_root_filesystem=True,
                allow_privilege_escalation=False,
                capabilities=k8s.V1Capabilities(drop=["ALL"]),
            ),
            volumes=[k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource())],
            volume_mounts=[k8s.V1VolumeMount(name="tmp", mount_path="/tmp")],
            automount_service_account_token=False,
            do_xcom_push=False,
            on_finish_action="delete_pod",
            termination_grace_period=10,
            termination_message_policy="FallbackToLogsOnError",
            **kwargs,
        )
        self.retry_policy = Tries()
        self.form = list(form)
        self.makes = makes
        self.outcome = outcome
        self.result: dict[str, Any] | None = None
        self.mem_limit = mem_limit

    @classmethod
    def get_serialized_fields(cls) -> frozenset[str]:
        return frozenset(super().get_serialized_fields() | {"reschedule"})

    def execute(self, context: Any) -> None:
        begin(context, self.form)
        super().execute(context)

    def cleanup(self, pod: k8s.V1Pod, remote_pod: k8s.V1Pod, xcom_result: Any = None, context: Any = None) -> None:
        try:
            super().cleanup(pod, remote_pod, xcom_result, context)
        except AirflowException:
            if (ended := self._terminated(remote_pod)) is None:
                raise
            lines = (ended.message or "").splitlines()
            conclude(
                ending(
                    ended.exit_code,
                    lines,
                    out_of_memory=ended.reason == "OOMKilled",
                    memory=self.mem_limit,
                    step=self.task_id,
                ),
                context,
            )
            raise
        if self.result and self.makes:
            announce(context, self.makes, self.result)
        if self.result and self.outcome:
            leave(context, self.result)

    def process_pod_deletion(self, pod: k8s.V1Pod, *, reraise: bool = True) -> bool:
        """The last moment at which what the pod has said can be read."""
        if pod is not None and (self.makes or self.outcome):
            self.result = self._read_result(pod)
        return bool(super().process_pod_deletion(pod, reraise=reraise))

    def _read_result(self, pod: k8s.V1Pod) -> dict[str, Any] | None:
        try:
            said = self.client.read_namespaced_pod_log(
                pod.metadata.name, pod.metadata.namespace, container=self.base_container_name, tail_lines=100
            )
            return result_of(said.splitlines())
        except ApiException as unread:
            self.log.warning(
                "Kubernetes does not give the output of the pod (%s): no event, and no outcome, is told.", unread.reason
            )
            return None

    def _terminated(self, pod: k8s.V1Pod) -> k8s.V1ContainerStateTerminated | None:
        statuses = (pod.status.container_statuses or []) if pod and pod.status else []
        return next(
            (each.state.terminated for each in statuses if each.name == self.base_container_name and each.state), None
        )
