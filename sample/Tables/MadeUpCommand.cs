using System.Diagnostics;
using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Sample.Tables;

/// <summary><c>sample NAME</c>: fills the tables of a sample that is made up.</summary>
internal static class MadeUpCommand
{
    private const string SourceKey = "source";

    public static Command Create(MadeUp sample)
    {
        var (days, start) = (SampleSettings.Days(sample.Days), SampleSettings.Start(sample.Start));
        var size = sample.Size is { } of ? SampleSettings.Size(of) : null;
        return new()
        {
            Name = sample.Name,
            Summary = $"Replaces the {TablesOf(sample)} in the warehouse, in one transaction: {sample.What}, made up.",
            Settings =
            [
                CommonSettings.Warehouse,
                days,
                .. size is null ? Array.Empty<Setting>() : [size],
                SampleSettings.Seed,
                start,
                SampleSettings.Keep,
                CommonSettings.TimeLimit,
                CommonSettings.Log,
            ],
            Examples =
            [
                $"sample {sample.Name} --warehouse duckdb:{sample.Name}.duckdb",
                $"sample {sample.Name} --warehouse postgresql://me@localhost/shop --days 90 --start 2026-01-01",
            ],
            RunAsync = (invocation, cancel) =>
                FillAsync(
                    invocation,
                    sample,
                    new MadeUpPlan(
                        invocation.Get(start),
                        invocation.Get(days),
                        size is null ? 1 : invocation.Get(size),
                        sample.Size?.Of,
                        invocation.Get(SampleSettings.Seed),
                        sample.Edition
                    ),
                    cancel
                ),
        };
    }

    private static async Task<ExitCode> FillAsync(
        Invocation invocation,
        MadeUp sample,
        MadeUpPlan plan,
        CancellationToken cancel
    )
    {
        var clock = Stopwatch.StartNew();
        using var scratch = new ScratchFolder();
        await using var warehouse = await ISampleTables.OpenAsync(
            invocation.Settings.Require(CommonSettings.Warehouse),
            sample.Schema,
            cancel
        );
        if (
            invocation.Get(SampleSettings.Keep)
            && (await warehouse.InfoAsync(cancel)).GetValueOrDefault(SourceKey) == $"{plan}"
        )
        {
            await invocation.Output.WriteLineAsync($"{sample.Name}: {plan}; kept as they were");
            return ExitCode.Done;
        }

        foreach (var table in sample.Tables)
        {
            Write(Path.Combine(scratch.Path, $"{table.Name}.csv"), table.Lines(plan), cancel);
        }

        var replaced = await warehouse.ReplaceAsync(
            CsvFolder.Open(scratch.Path, sample.Schema),
            new Dictionary<string, string> { [SourceKey] = $"{plan}" },
            cancel
        );
        invocation.Changes.Made(sample.Tables.Count == 1 ? "The table is replaced." : "The tables are replaced.");
        foreach (var (table, rows) in replaced)
        {
            await invocation.Output.WriteLineAsync($"{table, -12} {rows, 10:N0} rows");
        }

        await invocation.Output.WriteLineAsync($"{sample.Name}: {plan}; in {clock.Elapsed.TotalSeconds:F1} s");
        return ExitCode.Done;
    }

    private static string TablesOf(MadeUp sample)
    {
        string[] names = [.. sample.Tables.Select(table => table.Name)];
        return names.Length == 1 ? $"table {names[0]}" : $"tables {string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private static void Write(string path, IEnumerable<string> lines, CancellationToken cancel)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        foreach (var line in lines)
        {
            cancel.ThrowIfCancellationRequested();
            file.WriteLine(line);
        }
    }
}
