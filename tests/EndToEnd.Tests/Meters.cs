using System.Globalization;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A pipeline as small as can be, for tests of labels and verdicts: twenty meters a day over a hundred days, a
/// reading that follows the load, known a day later.</summary>
internal sealed class Meters(Workspace workspace) : WorkspacePipeline(workspace, "meters")
{
    public const string AsOf = "2024-04-08";

    /// <summary>One seed and few trees: what these tests ask does not depend on how good the model is.</summary>
    public const string Options = "options: {max_trees: 20, seeds: 1}";

    private const string Spec = $$$"""
        version: 1
        name: meters
        clock: {zone: UTC, every: day}
        rows: {sql: rows.sql, key: [id], cutoff: ts, history: 90 days}
        label: {column: y, known_after: 1 day}
        features: {numbers: [x]}
        model: {task: regression, {{{Options}}}, split: {validation: 20 days, holdout: 30 days}}
        metric: rmse

        """;

    public async Task MakeAsync()
    {
        var random = new Random(5);
        await Workspace.LoadAsync(
            "readings",
            "id integer, ts timestamptz, x double precision, y double precision",
            Enumerable
                .Range(0, 20 * 100)
                .Select(row =>
                {
                    var x = Math.Round(random.NextDouble(), 3);
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row % 20},{new DateTime(2024, 1, 1).AddDays(row / 20):yyyy-MM-dd} "
                            + $"00:00:00+00,{x},{100 * x + random.Next(20)}"
                    );
                })
        );
        Write();
    }

    /// <summary>Writes the pipeline's folder, with another expression for a column of its query, or another
    /// spec.</summary>
    public void Write(string x = "x", string y = "y", Func<string, string>? spec = null)
    {
        Workspace.WriteFile("pipelines/meters/pipeline.yaml", spec?.Invoke(Spec) ?? Spec);
        Workspace.WriteFile(
            "pipelines/meters/rows.sql",
            $"SELECT id, ts, {x} AS x, {y} AS y FROM readings WHERE ts > {{{{ from }}}} AND ts <= {{{{ to }}}}\n"
        );
    }

    public Task<Ended> RunAsync(string kind) => RunAsync(kind, AsOf);
}
