using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>How the columns of a plan are computed. Expressions are compiled once and serve every part.</summary>
internal sealed class Computations(IReadOnlyList<PlannedColumn> plan, Clock clock)
{
    private readonly Dictionary<string, NumberExpression> _expressions = plan.Select(planned =>
            planned.Derived?.Expression
        )
        .OfType<string>()
        .Distinct()
        .ToDictionary(text => text, NumberExpression.Parse);

    /// <summary>The computations of a part, bound to its reader.</summary>
    public IReadOnlyList<Computation> Of(DatasetReader reader)
    {
        // All columns of one calendar feature share the local time of the row.
        var calendars = new Dictionary<DerivedSpec, LocalTime>(ReferenceEqualityComparer.Instance);
        return [.. plan.Select(planned => Of(planned, reader, calendars))];
    }

    private Computation Of(PlannedColumn planned, DatasetReader reader, Dictionary<DerivedSpec, LocalTime> calendars)
    {
        switch (planned.Derived)
        {
            case null:
                return new PassThrough(reader, reader.IndexOf(planned.Column.Name));
            case { Calendar: { } column } derived:
                if (!calendars.TryGetValue(derived, out var local))
                {
                    calendars[derived] = local = new LocalTime(reader, reader.IndexOf(column), clock);
                }

                return planned.Wave is { } wave
                    ? new Cyclic(local, planned.Part!.Value, wave)
                    : new Calendar(local, planned.Part!.Value);
            case { Elapsed: { } elapsed }:
                return new Elapsed(reader, reader.IndexOf(elapsed.From), reader.IndexOf(elapsed.To), elapsed.Unit);
            case { Expression: { } expression }:
                var parsed = _expressions[expression];
                return new Calculation(reader, parsed, [.. parsed.Columns.Select(reader.IndexOf)]);
            case { Cross: { } cross }:
                return new Cross(reader, [.. cross.Select(reader.IndexOf)]);
            case { Hash: { } hash, Buckets: { } buckets }:
                return new HashBucket(reader, [.. hash.Select(reader.IndexOf)], buckets);
            default:
                throw new InvalidOperationException(
                    $"The spec's check let '{planned.Column.Name}' pass without a way to derive it."
                );
        }
    }
}
