namespace Trainyard.Pipelines;

/// <summary>Rules for the clock, the cutoff, the split and the lengths of time in a spec.</summary>
internal static class TimeChecks
{
    private const int LongestInMonths = 1200;

    /// <summary>A calendar differs from year to year; the least history is computed from one fixed instant.</summary>
    private static readonly DateTimeOffset Reference = new(2024, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<Mistake> Check(Spec spec, YamlText yaml)
    {
        var hasZone = Clock.IsZone(spec.Clock.Zone);
        if (!hasZone)
        {
            yield return yaml.At(
                "/clock/zone",
                $"there is no time zone '{spec.Clock.Zone}'.{Nearest.Hint(spec.Clock.Zone, Clock.Zones)} Zones "
                    + "have the names of the IANA database, such as Europe/Berlin."
            );
        }

        var lengths = Lengths(spec, yaml).ToList();
        foreach (
            var mistake in yaml.IsSound("/rows/cutoff")
                ? [.. Cutoff(spec, yaml), .. Split(spec, yaml)]
                : Array.Empty<Mistake>()
        )
        {
            yield return mistake;
        }

        foreach (var mistake in lengths)
        {
            yield return mistake;
        }

        if (!hasZone || lengths.Count > 0)
        {
            yield break;
        }

        if (
            yaml.IsSound("/rows/cutoff", "/rows/history", "/label", "/model/task", "/clock", "/retention")
            && LeastInWarehouse(spec) is { } days
        )
        {
            yield return yaml.At(
                "/retention/warehouse",
                $"a measure run looks back on {days} days, which must be kept: write more, or nothing to keep all."
            );
        }

        if (
            yaml.IsSound("/rows/cutoff", "/rows/history", "/label/known_after", "/model/split", "/clock")
            && spec.Rows.HasTime
            && spec.Model.Split is { By: SplitBy.Time, Validation.IsSpan: true, Holdout.IsSpan: true }
            && LeastHistory(spec) is { } least
        )
        {
            var folds = spec.Model.Split.Folds > 1;
            yield return yaml.At(
                "/rows/history",
                $"a history of {spec.Rows.History} is less than the split needs: "
                    + $"{least} for holdout{(folds ? "" : ", validation")}, "
                    + (spec.Label is null ? "" : $"known_after before {(folds ? "it" : "each")} ")
                    + $"and one {EnumText.Of(spec.Clock.Every)} to fit. Write at least 'history: {least}'."
            );
        }
    }

    private static IEnumerable<Mistake> Cutoff(Spec spec, YamlText yaml)
    {
        var (rows, knownAfter) = (spec.Rows, spec.Label?.KnownAfter);
        if (rows.HasTime && spec.Label is not null && knownAfter is null)
        {
            yield return yaml.At(
                "/label/known_after",
                "known_after is missing: say how long after its cutoff a label is known for certain, such as "
                    + "'known_after: 2 days'. There is no default, since a wrong one is a leak."
            );
        }

        if (!rows.HasTime && knownAfter is not null)
        {
            yield return yaml.AtKey(
                "/label/known_after",
                "known_after has no meaning without rows.cutoff; remove it, or name the cutoff."
            );
        }

        if (!rows.HasTime && rows.Sql.Train == rows.Sql.Score)
        {
            yield return yaml.At(
                "/rows/sql",
                "without a cutoff nothing tells the rows to learn from and the rows to score apart: give two "
                    + "files, {train: FILE, score: FILE}, or name the cutoff."
            );
        }

        if (!rows.HasTime && spec.Gate.Resample == Resample.Cutoff)
        {
            yield return yaml.At(
                "/gate/resample",
                "there is no cutoff to resample by; write 'resample: key' or 'resample: row'."
            );
        }
    }

    private static IEnumerable<Mistake> Split(Spec spec, YamlText yaml)
    {
        var split = spec.Model.Split;
        var byTime = split.By == SplitBy.Time;
        if (!yaml.IsSound("/model/split/by"))
        {
            yield break;
        }

        if (byTime && !spec.Rows.HasTime)
        {
            yield return yaml.At(
                "/model/split/by",
                "a split by time needs rows.cutoff; write 'by: key', or name the cutoff."
            );
            yield break;
        }

        foreach (var (key, size) in new[] { ("validation", split.Validation), ("holdout", split.Holdout) })
        {
            if (byTime ? !size.IsSpan : !size.IsShare)
            {
                yield return yaml.At(
                    $"/model/split/{key}",
                    size is { IsSpan: false, IsShare: false }
                            ? $"the {key} is empty; write for example {(byTime ? "'28 days'" : "15%")}."
                        : byTime ? $"a split by time needs a length of time, such as '28 days', not {size}."
                        : $"a split by key needs a share, such as 15%, not {size}."
                );
            }
        }

        if (split is { Folds: > 1, SaysValidation: true })
        {
            yield return yaml.AtKey(
                "/model/split/validation",
                $"there is no validation where size, calibration and threshold are found in {split.Folds} folds; "
                    + "remove it, or the folds."
            );
        }

        if (split.Folds > 1 && !spec.Model.Task.LearnsLabels)
        {
            yield return yaml.AtKey(
                "/model/split/folds",
                $"{spec.Model.Task} learns no labels, and folds would each find something else; remove it."
            );
        }

        var validation = split.Folds > 1 ? 0 : split.Validation.Share.Value;
        if (!byTime && validation + split.Holdout.Share.Value >= 0.9)
        {
            yield return yaml.At(
                "/model/split",
                (split.Folds > 1 ? "the holdout leaves" : "validation and holdout together leave")
                    + " less than 10 % of the rows to fit; make "
                    + (split.Folds > 1 ? "it" : "them")
                    + " smaller."
            );
        }
    }

    private static IEnumerable<Mistake> Lengths(Spec spec, YamlText yaml)
    {
        foreach (
            var (pointer, span) in new[]
            {
                ("/rows/history", spec.Rows.History),
                ("/label/known_after", spec.Label?.KnownAfter ?? default),
                ("/model/split/validation", spec.Model.Split.Validation.Span),
                ("/model/split/holdout", spec.Model.Split.Holdout.Span),
                ("/retention/runs", spec.Retention.Runs),
                ("/inputs/wait", spec.Inputs.Wait),
                ("/retention/warehouse", spec.Retention.Warehouse ?? default),
            }
        )
        {
            if (
                span.Count
                > LongestInMonths
                    * span.Unit switch
                    {
                        SpanUnit.Hour => 731,
                        SpanUnit.Day => 31,
                        SpanUnit.Week => 5,
                        _ => 1,
                    }
            )
            {
                yield return yaml.At(
                    pointer,
                    $"{span} is longer than {LongestInMonths / 12} years; write a shorter time."
                );
            }
        }

        if (spec.Retention.Runs.Count == 0)
        {
            yield return yaml.At(
                "/retention/runs",
                "runs would be kept for no time at all; write for example '90 days'."
            );
        }
    }

    /// <summary>How many days a measure run looks back on; null where they are kept.</summary>
    private static int? LeastInWarehouse(Spec spec)
    {
        var asOf = spec.Clock.Floor(Reference);
        return
            spec.Retention.Warehouse is { } kept
            && RunShape.Of(RunKind.Measure) is var measure
            && measure.WhyNone(spec.ToDefinition()) is null
            && measure.WindowOf(spec.ToDefinition(), asOf) is { } window
            && spec.Clock.Subtract(asOf, kept) > window.From
            ? (int)Math.Ceiling((asOf - window.From).TotalDays)
            : null;
    }

    /// <summary>The least history, in the unit that the spec has it in; null where the spec has enough.</summary>
    private static Span? LeastHistory(Spec spec)
    {
        var (clock, history) = (spec.Clock, spec.Rows.History);
        var to = clock.Floor(Reference);
        var from = clock.Subtract(SplitBounds.Of(spec.ToDefinition(), to).FitEnds, clock.Interval);
        if (clock.Subtract(to, history) <= from)
        {
            return null;
        }

        var least = history;
        while (clock.Subtract(to, least) > from)
        {
            least = least with { Count = least.Count + 1 };
        }

        return least;
    }
}
