namespace Trainyard.Pipelines;

/// <summary>Rules between a spec and the columns that its query returns.</summary>
internal static class ColumnChecks
{
    public static IEnumerable<Mistake> Check(
        Spec spec,
        RunShape run,
        IReadOnlyList<Column> columns,
        string sqlFile,
        YamlText yaml
    )
    {
        var byName = columns.DistinctBy(column => column.Name).ToDictionary(column => column.Name);
        var twice = columns
            .GroupBy(column => column.Name)
            .Where(group => group.Count() > 1)
            .Select(group => new Mistake(
                sqlFile,
                1,
                1,
                $"the query returns {group.Count()} columns '{group.Key}'; rename or remove all but one."
            ));
        return
        [
            .. twice,
            .. Elapsed(spec, byName, yaml),
            .. Uses(spec, run)
                .Select(use =>
                    !byName.TryGetValue(use.Column, out var column)
                        ? yaml.At(
                            use.Pointer,
                            $"{sqlFile} returns no column "
                                + $"'{use.Column}'.{Nearest.Hint(use.Column, byName.Keys)} It returns "
                                + $"{string.Join(", ", byName.Keys)}."
                        )
                    : use.Misfit(column) is { } misfit ? yaml.At(use.Pointer, misfit)
                    : null
                )
                .OfType<Mistake>(),
        ];
    }

    /// <summary>Time passes between two columns of one type: a timestamp without a zone is at no certain distance
    /// from one with.</summary>
    private static IEnumerable<Mistake> Elapsed(Spec spec, Dictionary<string, Column> columns, YamlText yaml)
    {
        foreach (var (name, derived) in spec.Features.Derived)
        {
            if (
                derived.Elapsed is { } elapsed
                && columns.TryGetValue(elapsed.From, out var from)
                && columns.TryGetValue(elapsed.To, out var to)
                && from.Type != to.Type
                && IsTime(from)
                && IsTime(to)
            )
            {
                yield return yaml.At(
                    $"/features/derived/{YamlText.Escape(name)}",
                    $"'{name}' goes from '{from.Name}' ({from.Type.SqlName()}) to '{to.Name}' "
                        + $"({to.Type.SqlName()}); cast one, so that both are of one type."
                );
            }
        }
    }

    private static bool IsTime(Column column) =>
        column.Type is ColumnType.Date or ColumnType.Timestamp or ColumnType.TimestampTz;

    /// <summary>Where the two queries of a pipeline without time disagree; the label aside.</summary>
    public static IEnumerable<Mistake> Differ(
        Spec spec,
        IReadOnlyList<Column> train,
        IReadOnlyList<Column> score,
        string scoreFile
    )
    {
        var scored = score.DistinctBy(column => column.Name).ToDictionary(column => column.Name);
        return train
            .Where(column =>
                column.Name != spec.Label?.Column
                && scored.TryGetValue(column.Name, out var other)
                && other.Type != column.Type
            )
            .Select(column => new Mistake(
                scoreFile,
                1,
                1,
                $"the column '{column.Name}' is {scored[column.Name].Type.SqlName()} here and "
                    + $"{column.Type.SqlName()} in {spec.Rows.Sql.Train}; cast one."
            ));
    }

    private sealed record Use(string Column, string Pointer, Func<Column, string?> Misfit);

    private static IEnumerable<Use> Uses(Spec spec, RunShape run)
    {
        var (rows, features) = (spec.Rows, spec.Features);
        foreach (var (key, at) in rows.Key.Select((key, at) => (key, at)))
        {
            yield return new Use(
                key,
                $"/rows/key/{at}",
                column => PredictionNames.KeyProblem(column) is { } problem ? $"{problem}." : null
            );
        }

        if (rows.Cutoff is { } cutoff)
        {
            yield return new Use(
                cutoff,
                "/rows/cutoff",
                column =>
                    column.Type switch
                    {
                        ColumnType.TimestampTz => null,
                        ColumnType.Date =>
                            $"the cutoff '{cutoff}' is a date, which is no instant; write {cutoff}::timestamp "
                                + $"AT TIME ZONE '{spec.Clock.Zone}' AS {cutoff}.",
                        ColumnType.Timestamp =>
                            $"the cutoff '{cutoff}' is a timestamp without a zone, which is no instant; write "
                                + $"{cutoff} AT TIME ZONE '{spec.Clock.Zone}' AS {cutoff}.",
                        _ => $"the cutoff '{cutoff}' is {column.Type.SqlName()}; it must be a timestamptz.",
                    }
            );
        }

        if (run.ReadsLabel && spec.Label is { } label)
        {
            var kindOfLabel = spec.Model.Task.KindOf(label);
            yield return new Use(
                label.Column,
                "/label/column",
                column =>
                    kindOfLabel.Accepts(column.Type)
                        ? null
                        : $"the label '{label.Column}' is {column.Type.SqlName()}; it must be {kindOfLabel.Words}"
                            + (column.Type == ColumnType.Text && kindOfLabel.Hint is { } hint ? $", or {hint}." : ".")
            );
        }

        if (run.ReadsLabel && spec.Gate.Baseline is { } forecast)
        {
            yield return new Use(
                forecast,
                "/gate/baseline",
                column =>
                    column.Type.IsNumber()
                        ? null
                        : $"the baseline '{forecast}' is {column.Type.SqlName()}; a naive forecast is a number."
            );
        }

        foreach (var (name, at) in features.Numbers.Select((name, at) => (name, at)))
        {
            yield return new Use(
                name,
                $"/features/numbers/{at}",
                column =>
                    column.Type.IsNumber()
                        ? null
                        : $"'{name}' is {column.Type.SqlName()}, not a number; make it a category, derive a "
                            + "number from it, or cast it."
            );
        }

        foreach (var (category, at) in features.Categories.Select((category, at) => (category, at)))
        {
            yield return new Use(
                category.Column,
                $"/features/categories/{at}",
                column =>
                    column.Type is ColumnType.TimestampTz or ColumnType.Timestamp or ColumnType.Interval
                        ? $"'{category.Column}' is {column.Type.SqlName()}, whose every value is another level; "
                            + "derive a calendar feature from it."
                        : null
            );
        }

        foreach (var (at, text) in features.Text.Index())
        {
            yield return new Use(
                text.Column,
                $"/features/text/{at}",
                column =>
                    column.Type == ColumnType.Text
                        ? null
                        : $"'{text.Column}' is {column.Type.SqlName()}, not a text; make it a "
                            + $"{(column.Type.IsNumber() ? "number or a " : "")}category, or cast it."
            );
        }

        foreach (var (name, derived) in features.Derived)
        {
            foreach (var input in FeatureChecks.Inputs(derived))
            {
                yield return new Use(
                    input,
                    $"/features/derived/{YamlText.Escape(name)}",
                    column => Misfit(name, derived, column)
                );
            }
        }
    }

    private static string? Misfit(string name, DerivedSpec derived, Column column)
    {
        return (derived.Calendar is not null || derived.Elapsed is not null) && !IsTime(column)
                ? $"'{name}' needs a date or time, and '{column.Name}' is {column.Type.SqlName()}."
            : derived.Expression is not null && !column.Type.IsNumber()
                ? $"'{name}' calculates with '{column.Name}', which is {column.Type.SqlName()}, not a number."
            : null;
    }
}
