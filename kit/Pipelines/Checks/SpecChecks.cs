namespace Trainyard.Pipelines;

/// <summary>What a schema cannot say: rules between the keys of a spec, and between the spec and the files beside
/// it.</summary>
internal static class SpecChecks
{
    /// <param name="spec">The spec with its defaults. Where the file breaks the schema it holds placeholders, about
    /// which nothing is reported.</param>
    /// <param name="folder">The pipeline's folder.</param>
    /// <param name="yaml">The file, for places.</param>
    public static IEnumerable<Mistake> Check(Spec spec, string folder, YamlText yaml) =>
        new[]
        {
            Names(spec, folder, yaml),
            Task(spec, yaml),
            ConstraintChecks.Check(spec, yaml),
            BaselineChecks.Check(spec, yaml),
            TimeChecks.Check(spec, yaml),
            FeatureChecks.Check(spec, folder, yaml),
            SqlChecks.Check(spec, folder, yaml),
            Schedule(spec, yaml),
        }
            .SelectMany(mistakes => mistakes)
            .Where(mistake => mistake.Pointer is null || yaml.IsSound(mistake.Pointer));

    private static IEnumerable<Mistake> Names(Spec spec, string folder, YamlText yaml)
    {
        var name = PipelineNames.Of(folder);
        if (name != spec.Name)
        {
            yield return yaml.At(
                "/name",
                $"the name is '{spec.Name}', but the folder's is '{name}'; they must be the same, so rename one."
            );
        }

        foreach (var twice in spec.Rows.Key.GroupBy(column => column).Where(group => group.Count() > 1))
        {
            yield return yaml.At("/rows/key", $"'{twice.Key}' stands in the key twice; remove one.");
        }

        if (spec.Rows.Cutoff is { } cutoff && spec.Rows.Key.Contains(cutoff))
        {
            yield return yaml.At(
                "/rows/key",
                $"the cutoff '{cutoff}' is part of the row's identity already; leave it out of the key."
            );
        }

        if (spec.Label is { } label && spec.Rows.Key.Append(spec.Rows.Cutoff).Contains(label.Column))
        {
            yield return yaml.At(
                "/label/column",
                $"'{label.Column}' is the key or the cutoff; the label is another column."
            );
        }

        if (yaml.IsSound("/model/task"))
        {
            foreach (var (at, column) in spec.Rows.Key.Index())
            {
                if (PredictionNames.KeyProblem(column, spec.Model.Task.AnswersOf(spec.Model)) is { } problem)
                {
                    yield return yaml.At($"/rows/key/{at}", $"{problem}.");
                }
            }

            foreach (var problem in SideProblems(spec))
            {
                yield return yaml.At("/predictions", $"{problem}.");
            }
        }

        if (PredictionNames.TableProblem(spec.Predictions.Table!) is { } taken)
        {
            yield return yaml.At("/predictions/table", $"{taken}.");
        }

        if (spec.Predictions.Reasons is { Of.Value: 0 })
        {
            yield return yaml.At(
                "/predictions/reasons/of",
                "0 % of the rows are none: name a greater share, or leave 'reasons' out."
            );
        }
    }

    /// <summary>What keeps the tables beside that of predictions from being made.</summary>
    private static IEnumerable<string> SideProblems(Spec spec) =>
        spec
            .Model.Task.SideTables.Where(side => side.MostOf(spec.Predictions) > 0)
            .Select(side => (side.Suffix, side.Columns))
            .Concat(spec.Predictions.Reasons is null ? [] : [(ReasonColumns.Stem, ReasonColumns.Own)])
            .Select(side =>
                PredictionNames.SideProblem(
                    spec.Predictions.Table!,
                    $"{spec.Predictions.Table}_{side.Suffix}",
                    spec.Rows.Key,
                    PredictionNames.SideColumns(side.Columns)
                )
            )
            .OfType<string>();

    private static IEnumerable<Mistake> Task(Spec spec, YamlText yaml)
    {
        if (!yaml.IsSound("/model/task"))
        {
            yield break;
        }

        var (task, trainer) = (spec.Model.Task, spec.Model.Trainer);
        if (!spec.Metric.Tasks.Contains(task))
        {
            yield return yaml.At(
                "/metric",
                $"the metric {spec.Metric} does not fit the task {task}; write one of "
                    + $"{string.Join(", ", task.Metrics)}."
            );
        }

        if (!trainer.Tasks.Contains(task))
        {
            yield return yaml.At(
                "/model/trainer",
                $"the trainer {trainer} does not learn the task {task}; write one of "
                    + $"{string.Join(", ", task.Trainers)}."
            );
        }

        foreach (var mistake in LossChecks.Check(spec, yaml))
        {
            yield return mistake;
        }

        if (task.LearnsLabels && spec.Label is null)
        {
            yield return yaml.At(
                "/label",
                $"'label' is missing: the task {task} learns from one. Write for example 'label: {{column: late, "
                    + "known_after: 2 days}'."
            );
        }

        if (
            !spec.Metric.NeedsLabel
            && spec.Label is not null
            && task.Label != LabelKind.None
            && spec.Metric.Tasks.Contains(task)
        )
        {
            var others = task.Metrics.Where(metric => metric.NeedsLabel);
            yield return yaml.At(
                "/metric",
                $"the metric {spec.Metric} asks no label, and there is one to measure by; write "
                    + $"{string.Join(" or ", others)}, or remove the label."
            );
        }

        if (spec.Metric.NeedsLabel && spec.Label is null && !task.LearnsLabels && spec.Metric.Tasks.Contains(task))
        {
            var others = task.Metrics.Where(metric => !metric.NeedsLabel);
            yield return yaml.At(
                "/metric",
                $"the metric {spec.Metric} is measured by a label, and there is none; name one, or write "
                    + $"{string.Join(" or ", others)}."
            );
        }

        // A key that stands in another which means nothing goes with it.
        IdleKey[] idle = [.. IdleKeys.Of(spec).Where(each => yaml.Has($"/{each.Key}") && yaml.IsSound(each.By))];
        foreach (
            var each in idle.Where(each =>
                !idle.Any(outer => each.Key.StartsWith($"{outer.Key}/", StringComparison.Ordinal))
            )
        )
        {
            yield return yaml.AtKey($"/{each.Key}", $"{each.Why}; remove it.");
        }

        if (spec.Metric.Needs is { } needed && spec.Metric.Tasks.Contains(task) && !yaml.Has($"/model/{needed}"))
        {
            yield return yaml.At(
                "/metric",
                $"the metric {spec.Metric} cannot be computed without model.{needed}; write it, or another metric."
            );
        }

        if (
            spec.Model.Calibrate is { } calibration
            && yaml.Has("/model/calibrate")
            && task.Keys.Contains("calibrate")
            && !task.Calibrations.Contains(calibration)
        )
        {
            yield return yaml.At(
                "/model/calibrate",
                $"calibrate is '{EnumText.Of(calibration)}', which does not fit the task {task}; write one of "
                    + $"{string.Join(", ", task.Calibrations.Select(each => EnumText.Of(each)))}."
            );
        }

        foreach (var mistake in CostChecks.Check(spec.Model.Cost, yaml))
        {
            yield return mistake;
        }

        foreach (var (key, problem) in task.Problems(spec.Model, spec.Metric))
        {
            yield return yaml.At($"/model/{key}", problem);
        }

        if (spec.Model.Threshold is { Cost: not null, At: not null })
        {
            yield return yaml.At(
                "/model/threshold",
                "a threshold is either fixed ('at') or chosen by 'cost'; remove one."
            );
        }

        foreach (var (key, problem) in trainer.Problems(spec.Model.Options))
        {
            yield return yaml.At($"/model/options/{key}", problem);
        }
    }

    private static IEnumerable<Mistake> Schedule(Spec spec, YamlText yaml)
    {
        foreach (var run in RunShape.All)
        {
            var at = $"/schedule/{EnumText.Of(run.Kind)}";
            if (!yaml.Has(at) || spec.Schedule?.Of(run.Kind) is not { } cron)
            {
                continue;
            }

            if (yaml.IsSound("/rows/cutoff", "/label", "/model/task") && run.WhyNone(spec.ToDefinition()) is { } why)
            {
                yield return yaml.At(at, $"there are no such runs: {why}; remove it.");
            }

            if (CronSchedule.Problem(cron) is { } problem)
            {
                yield return yaml.At(
                    at,
                    $"'{cron}' is no schedule that cron and Airflow both keep: {problem}. Write for example "
                        + "\"0 6 * * SUN\"."
                );
            }
        }
    }
}
