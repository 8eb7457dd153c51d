using System.Diagnostics;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Rentals;

/// <summary><c>sample rentals</c>: fills a table with bicycles rented by the hour, all made up.</summary>
internal static class RentalsCommand
{
    private const string SourceKey = "source";

    private static readonly Setting<int> Days = SampleSettings.Days(732);
    private static readonly Setting<DateOnly> Start = SampleSettings.Start("2011-01-01");

    public static Command Create() =>
        new()
        {
            Name = "rentals",
            Summary =
                "Replaces the table rentals in the warehouse, in one transaction: bicycles rented by the hour, with "
                + "weather and calendar, made up.",
            Settings =
            [
                CommonSettings.Warehouse,
                Days,
                SampleSettings.Seed,
                Start,
                SampleSettings.Keep,
                CommonSettings.TimeLimit,
                CommonSettings.Log,
            ],
            Examples =
            [
                "sample rentals --warehouse duckdb:bikes.duckdb",
                "sample rentals --warehouse postgresql://me@localhost/bikes --days 90 --start 2026-01-01",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var scratch = new ScratchFolder();
        var plan = new RentalsPlan(invocation.Get(Start), invocation.Get(Days), invocation.Get(SampleSettings.Seed));
        await using var warehouse = await ISampleTables.OpenAsync(
            invocation.Settings.Require(CommonSettings.Warehouse),
            RentalsTables.Schema,
            cancel
        );
        if (
            invocation.Get(SampleSettings.Keep)
            && (await warehouse.InfoAsync(cancel)).GetValueOrDefault(SourceKey) == $"{plan}"
        )
        {
            await invocation.Output.WriteLineAsync($"rentals: {plan}; kept as they were");
            return ExitCode.Done;
        }

        new RentalsGenerator(plan).Write(scratch.Path, cancel);
        var replaced = await warehouse.ReplaceAsync(
            CsvFolder.Open(scratch.Path, RentalsTables.Schema),
            new Dictionary<string, string> { [SourceKey] = $"{plan}" },
            cancel
        );
        invocation.Changes.Made("The table is replaced.");
        foreach (var (table, rows) in replaced)
        {
            await invocation.Output.WriteLineAsync($"{table, -10} {rows, 10:N0} rows");
        }

        await invocation.Output.WriteLineAsync($"rentals: {plan}; in {clock.Elapsed.TotalSeconds:F1} s");
        return ExitCode.Done;
    }
}
