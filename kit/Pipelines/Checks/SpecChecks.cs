namespace Trainyard.Pipelines;

/// <summary>What a schema cannot say: rules between the keys of a spec, and between the spec and the files beside it.</summary>
internal static class SpecChecks
{
    /// <summary>A calendar differs from year to year; the least history is computed from one fixed instant.</summary>
    private static readonly DateTimeOffset Reference = new(2024, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<Mistake> Check(Spec spec, string folder, YamlText yaml) =>
    [
        .. Names(spec, folder, yaml), .. Time(spec, yaml), .. Task(spec, yaml), .. FeatureChecks.Check(spec, folder, yaml), .. Sql(spec, folder, yaml), .. Schedule(spec, yaml),
    ];

    private static IEnumerable<Mistake> Names(Spec spec, string folder, YamlText yaml)
    {
        var name = PipelineNames.Of(folder);
        if (name != spec.Name)
        {
            yield return yaml.At("/name", $"the name is '{spec.Name}', but the folder's is '{name}'; they must be the same, so rename one.");
        }

        foreach (var twice in spec.Rows.Key.GroupBy(column => column).Where(group => group.Count() > 1))
        {
            yield return yaml.At("/rows/key", $"'{twice.Key}' stands in the key twice; remove one.");
        }

        if (spec.Rows.Cutoff is { } cutoff && spec.Rows.Key.Contains(cutoff))
        {
            yield return yaml.At("/rows/key", $"the cutoff '{cutoff}' is part of the row's identity already; leave it out of the key.");
        }

        if (spec.Rows.Key.Append(spec.Rows.Cutoff).Contains(spec.Label.Column))
        {
            yield return yaml.At("/label/column", $"'{spec.Label.Column}' is the key or the cutoff; the label is another column.");
        }
    }

    private static IEnumerable<Mistake> Time(Spec spec, YamlText yaml)
    {
        if (!Clock.IsZone(spec.Clock.Zone))
        {
            yield return yaml.At("/clock/zone", $"there is no time zone '{spec.Clock.Zone}'.{Nearest.Hint(spec.Clock.Zone, Clock.Zones)} Zones have the names of the IANA database, such as Europe/Berlin.");
            yield break;
        }

        var split = spec.Model.Split;
        var byTime = split.By == SplitBy.Time;
        if (spec.Rows.HasTime && spec.Label.KnownAfter is null)
        {
            yield return yaml.At("/label", "known_after is missing: say how long after its cutoff a label is known for certain, such as 'known_after: 2 days'. There is no default, since a wrong one is a leak.");
        }

        if (!spec.Rows.HasTime && spec.Label.KnownAfter is not null)
        {
            yield return yaml.AtKey("/label/known_after", "known_after has no meaning without rows.cutoff; remove it, or name the cutoff.");
        }

        if (!spec.Rows.HasTime && spec.Rows.Sql.Train == spec.Rows.Sql.Score)
        {
            yield return yaml.At("/rows/sql", "without a cutoff nothing tells the rows to learn from and the rows to score apart: give two files, {train: FILE, score: FILE}, or name the cutoff.");
        }

        if (byTime && !spec.Rows.HasTime)
        {
            yield return yaml.At("/model/split/by", "a split by time needs rows.cutoff; write 'by: key', or name the cutoff.");
        }

        foreach (var (key, size) in new[] { ("validation", split.Validation), ("holdout", split.Holdout) })
        {
            if (byTime ? !size.IsSpan : !size.IsShare)
            {
                yield return yaml.At($"/model/split/{key}", byTime ? $"a split by time needs a length of time, such as '28 days', not {size}." : $"a split by key needs a share, such as 15%, not {size}.");
            }
        }

        if (!byTime && split.Validation.Share.Value + split.Holdout.Share.Value is >= 0.9)
        {
            yield return yaml.At("/model/split", "validation and holdout together leave less than 10 % of the rows to fit.");
        }

        if (byTime && spec.Rows.HasTime && split.Validation.IsSpan && split.Holdout.IsSpan && LeastHistory(spec) is { } least)
        {
            yield return yaml.At("/rows/history", $"a history of {spec.Rows.History} is less than the split needs: {least} for holdout, validation, the two gaps of known_after and one {spec.Clock.Every.ToString().ToLowerInvariant()} to fit. Write at least 'history: {least}'.");
        }

        if (!spec.Rows.HasTime && spec.Gate.Resample == Resample.Cutoff)
        {
            yield return yaml.At("/gate/resample", "there is no cutoff to resample by; write 'resample: key' or 'resample: row'.");
        }
    }

    /// <summary>The least history, where the spec has less: the length back to the start of the shortest fit.</summary>
    private static Span? LeastHistory(Spec spec)
    {
        var clock = spec.Clock;
        var bounds = SplitBounds.Of(spec.ToDefinition(), Reference);
        var needed = clock.Subtract(bounds.FitEnds, clock.Interval);
        if (clock.Subtract(Reference, spec.Rows.History) <= needed)
        {
            return null;
        }

        var length = Reference - needed;
        return clock.Every == Every.Hour || length.TotalDays % 1 != 0 ? new Span((int)Math.Ceiling(length.TotalHours), SpanUnit.Hour) : Span.Days((int)Math.Ceiling(length.TotalDays));
    }

    private static IEnumerable<Mistake> Task(Spec spec, YamlText yaml)
    {
        if (spec.Metric.Task() != spec.Model.Task)
        {
            var fitting = Enum.GetValues<Metric>().Where(metric => metric.Task() == spec.Model.Task).Select(metric => System.Text.Json.JsonSerializer.Serialize(metric).Trim('"'));
            yield return yaml.At("/metric", $"this metric does not fit the task {spec.Model.Task.ToString().ToLowerInvariant()}; write one of {string.Join(", ", fitting)}.");
        }

        if (spec.Model.Task == ModelTask.Regression)
        {
            foreach (var key in new[] { "threshold", "calibrate", "weights" }.Where(key => yaml.Has($"/model/{key}")))
            {
                yield return yaml.AtKey($"/model/{key}", $"{key} belongs to the task binary; remove it.");
            }
        }

        if (spec.Model.Threshold is { Cost: not null, At: not null })
        {
            yield return yaml.At("/model/threshold", "a threshold is either fixed ('at') or chosen by 'cost'; remove one.");
        }
    }

    private static IEnumerable<Mistake> Sql(Spec spec, string folder, YamlText yaml)
    {
        var kinds = spec.Rows.Sql.Train == spec.Rows.Sql.Score ? [("", spec.Rows.Sql.Train)] : new[] { ("/train", spec.Rows.Sql.Train), ("/score", spec.Rows.Sql.Score) };
        foreach (var (key, file) in kinds)
        {
            var path = Path.Combine(folder, file);
            if (!Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                yield return yaml.At($"/rows/sql{key}", $"'{file}' leads out of the pipeline's folder; the SQL belongs into it.");
            }
            else if (!File.Exists(path))
            {
                var near = Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories).Select(other => Path.GetRelativePath(folder, other));
                yield return yaml.At($"/rows/sql{key}", $"the SQL file '{file}' is not there.{Nearest.Hint(file, near)}");
            }
            else
            {
                foreach (var mistake in SqlTemplate.Check(File.ReadAllText(path), path, spec.Rows.HasTime))
                {
                    yield return mistake;
                }
            }
        }
    }

    private static IEnumerable<Mistake> Schedule(Spec spec, YamlText yaml)
    {
        foreach (var (key, cron) in new[] { ("train", spec.Schedule?.Train), ("score", spec.Schedule?.Score) })
        {
            if (cron is not null && CronSchedule.Problem(cron) is { } problem)
            {
                yield return yaml.At($"/schedule/{key}", $"'{cron}' is no cron expression of five fields: {problem.TrimEnd('.')}. Write for example \"0 6 * * SUN\".");
            }
        }
    }
}
