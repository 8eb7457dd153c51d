using System.Diagnostics;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Sample.Flights.Generator;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights;

/// <summary><c>sample flights</c>: fills the tables of nycflights13, with the real files or with flights made
/// up.</summary>
internal static class FlightsCommand
{
    private const int DefaultRowsPerDay = 900;

    private static readonly Setting<string> From = Setting.Text(
        "--from",
        "Load the CSV files of this folder (airlines, airports, planes, weather, flights; .csv or .csv.gz) "
            + "instead of making flights up.",
        "nycflights13"
    );
    private static readonly Setting<int> Days = SampleSettings.Days(365);
    private static readonly Setting<DateOnly> Start = SampleSettings.Start("2013-01-01");
    private static readonly Setting<int> RowsPerDay = Setting.Int(
        "--rows-per-day",
        $"Make up so many flights a day, on average. {DefaultRowsPerDay} unless --rows says how many in all.",
        "900",
        most: 1_000_000
    );
    private static readonly Setting<int> Rows = Setting.Int("--rows", "Make up so many flights in all.", "330000");

    public static Command Create() =>
        new()
        {
            Name = "flights",
            Summary =
                "Replaces the tables airlines, airports, planes, weather and flights in the warehouse, in one "
                + "transaction, and says what it knows about them.",
            Settings =
            [
                CommonSettings.Warehouse,
                From,
                Days,
                RowsPerDay,
                Rows,
                SampleSettings.Seed,
                Start,
                SampleSettings.Keep,
                CommonSettings.TimeLimit,
                CommonSettings.Log,
            ],
            Examples =
            [
                "sample flights --warehouse duckdb:warehouse.duckdb",
                "sample flights --warehouse postgresql://me@localhost/flights",
                "sample flights --warehouse duckdb:warehouse.duckdb --days 60 --rows 20000 --seed 7",
                "sample flights --warehouse duckdb:warehouse.duckdb --from nycflights13",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var scratch = new ScratchFolder();
        var source = SourceOf(invocation, scratch);
        await using var warehouse = await ISampleTables.OpenAsync(
            invocation.Settings.Require(CommonSettings.Warehouse),
            FlightsTables.Schema,
            cancel
        );
        if (
            invocation.Get(SampleSettings.Keep)
            && await warehouse.InfoAsync(cancel) is var known
            && known.GetValueOrDefault(FlightsSource.SourceKey) == source.Name
        )
        {
            await invocation.Output.WriteLineAsync($"flights: {source.Name}; kept as they were");
            Describe(known, invocation.Output);
            return ExitCode.Done;
        }

        var info = source.Prepare(cancel);
        var replaced = await warehouse.ReplaceAsync(source.Open(), info, cancel);
        invocation.Changes.Made("The tables are replaced.");
        foreach (var (table, rows) in replaced)
        {
            await invocation.Output.WriteLineAsync($"{table, -10} {rows, 10:N0} rows");
        }

        await invocation.Output.WriteLineAsync($"flights: {source.Name}; in {clock.Elapsed.TotalSeconds:F1} s");
        Describe(info, invocation.Output);
        return ExitCode.Done;
    }

    private static FlightsSource SourceOf(Invocation invocation, ScratchFolder scratch)
    {
        if (invocation.Settings.TryGet(From, out var folder))
        {
            return FlightsSource.OfFiles(CsvFolder.Open(folder, FlightsTables.Schema));
        }

        var days = invocation.Get(Days);
        if (invocation.Settings.TryGet(Rows, out var rows) && invocation.Settings.TryGet(RowsPerDay, out _))
        {
            throw Fault.Usage("--rows and --rows-per-day both say how many flights to make up: give one of them.");
        }

        var perDay = invocation.Settings.TryGet(RowsPerDay, out var given) ? given : DefaultRowsPerDay;
        var total = rows > 0 ? rows : (long)days * perDay;
        return total <= int.MaxValue
            ? FlightsSource.Generated(
                new FlightsPlan(invocation.Get(Start), days, (int)total, invocation.Get(SampleSettings.Seed)),
                scratch
            )
            : throw Fault.Usage($"{total:N0} flights are more than flight_id can number: at most {int.MaxValue:N0}.");
    }

    private static void Describe(IReadOnlyDictionary<string, string> info, TextWriter output)
    {
        if (info.TryGetValue(FlightsSource.BestAucKey, out var best))
        {
            output.WriteLine(
                $"best AUC that what is known at midnight allows on these flights: {best} "
                    + $"({info[FlightsSource.BaseRateKey]} are late)"
            );
        }
    }
}
