using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>The computations of a plan's columns, bound to a reader.</summary>
internal static class Computations
{
    public static IEnumerable<Computation> Of(IReadOnlyList<PlannedColumn> plan, DatasetReader reader, Clock clock)
    {
        // All columns of one calendar feature share the local time of the row.
        var calendars = new Dictionary<DerivedSpec, LocalTime>(ReferenceEqualityComparer.Instance);
        return plan.Select(planned => Of(planned, reader, clock, calendars)).ToList();
    }

    private static Computation Of(PlannedColumn planned, DatasetReader reader, Clock clock, Dictionary<DerivedSpec, LocalTime> calendars)
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

                return new Calendar(local, planned.Part!.Value, planned.Wave);
            case { Elapsed: { } elapsed }:
                return new Elapsed(reader, reader.IndexOf(elapsed.From), reader.IndexOf(elapsed.To), elapsed.Unit);
            case { Expression: { } expression }:
                var parsed = NumberExpression.Parse(expression);
                return new Calculation(reader, parsed, [.. parsed.Columns.Select(reader.IndexOf)]);
            case { Cross: { } cross }:
                return new Cross(reader, [.. cross.Select(reader.IndexOf)]);
            case { Hash: { } hash, Buckets: { } buckets }:
                return new HashBucket(reader, [.. hash.Select(reader.IndexOf)], buckets);
            default:
                throw new InvalidOperationException($"The spec's check let '{planned.Column.Name}' pass without a way to derive it.");
        }
    }
}
