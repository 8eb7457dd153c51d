namespace Trainyard.Pipelines;

/// <summary>Whether the trainer can learn what the spec asks for.</summary>
internal static class LossChecks
{
    public static IEnumerable<Mistake> Check(Spec spec, YamlText yaml)
    {
        var (model, task, trainer) = (spec.Model, spec.Model.Task, spec.Model.Trainer);
        if (
            !yaml.IsSound("/model/trainer", "/model/objective", "/metric")
            || !trainer.Tasks.Contains(task)
            || !spec.Metric.Tasks.Contains(task)
        )
        {
            yield break;
        }

        var loss = task.Learns(model, spec.Metric);
        if (!trainer.Learns(loss))
        {
            yield return yaml.AtKey(
                yaml.Has("/model/objective") ? "/model/objective" : "/model/trainer",
                $"the trainer {trainer} cannot learn {loss.Words}, which "
                    + (
                        yaml.Has("/model/objective")
                            ? "this objective is"
                            : $"the metric {spec.Metric} asks for unless an objective is named"
                    )
                    + $"; name another objective, or {Others(task, loss)}."
            );
        }

        foreach (
            var (key, other) in task.LearnsToo(model).Where(each => trainer.MadeElsewhere || !trainer.Learns(each.Loss))
        )
        {
            yield return yaml.AtKey(
                $"/model/{key}",
                $"the trainer {trainer} cannot learn {other.Words}, which {key} needs; remove it, or write "
                    + $"{Others(task, other)}."
            );
        }
    }

    private static string Others(ModelTask task, Loss loss) =>
        $"the trainer {string.Join(" or ", task.Trainers.Where(other => !other.MadeElsewhere && other.Learns(loss)))}";
}
