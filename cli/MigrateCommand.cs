using System.Text.Json;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary><c>trainyard migrate</c>: brings the schema trainyard up to date before anything has to be
/// published.</summary>
internal static class MigrateCommand
{
    private static readonly Setting<bool> DryRun = Setting.Flag(
        "--dry-run",
        "Print the SQL that would be run, and change nothing."
    );

    public static Command Create() =>
        new()
        {
            Name = "migrate",
            Summary =
                "Brings the schema trainyard of the warehouse up to date, as score and record do when they write. "
                + "Each change names the oldest version of Trainyard that may still write once it is made.",
            Settings = [CliSettings.Warehouse, DryRun, CommonSettings.Output, CommonSettings.Log],
            Examples = ["trainyard migrate --dry-run --warehouse duckdb:warehouse.duckdb"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var warehouse = Warehouse.Open(
            invocation.Settings.Require(CliSettings.Warehouse),
            new WarehouseOptions { ApplicationName = "trainyard migrate" }
        );
        var dryRun = invocation.Get(DryRun);
        var changes = await warehouse.MigrateAsync(dryRun ? null : invocation.Time.GetUtcNow(), cancel);
        if (invocation.WantsJson())
        {
            await invocation.Output.WriteLineAsync(JsonSerializer.Serialize(changes, Json.Compact));
            return ExitCode.Done;
        }

        foreach (var change in changes)
        {
            await invocation.Output.WriteLineAsync(
                $"-- {change.Name}: {change.OldestWriter} and later may write after it."
                    + (dryRun ? $"\n{change.Sql.TrimEnd()}\n" : "")
            );
        }

        await invocation.Output.WriteLineAsync(
            changes.Count == 0 ? $"-- The schema trainyard of {warehouse.Uri} is up to date."
            : dryRun ? $"-- Nothing was changed in {warehouse.Uri}: without --dry-run the above is run."
            : $"-- The schema trainyard of {warehouse.Uri} is up to date now."
        );
        return ExitCode.Done;
    }
}
