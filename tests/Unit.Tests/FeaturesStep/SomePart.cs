using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;
using Trainyard.Steps.Features;

namespace Trainyard.Tests.FeaturesStep;

/// <summary>A part that goes through the step, in memory.</summary>
internal static class SomePart
{
    public static Column[] Columns { get; } =
    [
        new("id", ColumnType.BigInt, false),
        new("at", ColumnType.TimestampTz, false),
        new("late", ColumnType.Boolean, true),
        new("miles", ColumnType.Integer, true),
        new("seats", ColumnType.Double, true),
        new("from", ColumnType.Text, true),
        new("to", ColumnType.Text, true),
        new("leaves", ColumnType.TimestampTz, true),
        new("day", ColumnType.Date, true),
    ];

    public const string Row = "1,2013-01-01 05:00:00+00,t,100,2.5,JFK,LAX,2013-01-01 10:15:00+00,2013-01-01";

    public static Definition Definition(FeaturesSpec features) =>
        Report.SomeSpec.Flights with
        {
            Rows = Report.SomeSpec.Flights.Rows with { Key = ["id"], Cutoff = "at" },
            Features = features,
        };

    public static Definition Derived(DerivedSpec derived) =>
        Definition(new FeaturesSpec { Derived = new Dictionary<string, DerivedSpec> { ["x"] = derived } });

    /// <summary>What the step makes of rows: the lines of its part, and the profile.</summary>
    public static (string[] Lines, IReadOnlyList<ColumnProfile> Profile) Of(
        Definition definition,
        RunKind kind = RunKind.Train,
        params string[] rows
    )
    {
        Column[] columns = [.. Columns.Where(column => kind == RunKind.Train || column.Name != "late")];
        var plan = FeaturePlan.Of(definition, columns, RunShape.Of(kind));
        Column[] output = [.. plan.Select(planned => planned.Column)];
        var csv = string.Concat(
            rows.Prepend(string.Join(',', columns.Select(column => column.Name))).Select(row => row + "\n")
        );
        using var reader = DatasetReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "part.csv", columns);
        using var target = new MemoryStream();
        var profiler = new DatasetProfiler(output);
        var part = profiler.Start(0);
        long reported = 0;
        var written = new FeaturesPart(reader, new Computations(plan, definition.Clock).Of(reader)).WriteTo(
            target,
            output,
            part,
            count => reported += count,
            TestContext.Current.CancellationToken
        );
        profiler.Add(part);
        Assert.Equal((rows.Length, rows.Length), (written, reported));
        return (Encoding.UTF8.GetString(target.ToArray()).TrimEnd('\n').Split('\n'), profiler.ToProfile());
    }

    /// <summary>The columns after key, cutoff and label that a derived feature becomes, row by row.</summary>
    public static string[] Values(DerivedSpec derived, params string[] rows) =>
        [.. Of(Derived(derived), RunKind.Train, rows).Lines.Select(line => line.Split(',', 4)[3])];
}
