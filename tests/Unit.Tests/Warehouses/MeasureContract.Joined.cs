using System.Text;
using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <remarks>Rows are joined with what was published for them.</remarks>
public abstract partial class MeasureContract
{
    private const string Cutoff = "2026-03-02 00:00:00+00";

    [Fact]
    public async Task Rows_are_joined_with_what_was_published_for_them()
    {
        // By their bytes, and numbers by their size, as both databases have it.
        string[] names = ["", "B", "a", "a\nb", "a,b", "say \"x\"", "é"];
        var table = ParcelTable();
        (string Name, int Id)[] keys = [.. names.SelectMany(name => new[] { (name, 9), (name, 10) })];
        await PublishAsync(table, "score.1", keys.Where((_, place) => place % 2 == 0), hindsight: false);
        await PublishAsync(table, "score.2", keys.Where((_, place) => place % 3 == 0), hindsight: true);

        var joined = new List<string>();
        await using var warehouse = Open();
        await using var answers = await PublishedAnswers.OpenAsync(
            warehouse,
            table,
            new Window(Monday.AddDays(-1), Monday),
            Cancel
        );
        await using var rows = Rows(keys.Where((_, place) => place % 5 != 0));
        await foreach (var match in Matching.OfAsync(rows, answers, Cancel))
        {
            joined.Add(
                $"{Encoding.UTF8.GetString(match.Identity[1])} {Encoding.UTF8.GetString(match.Identity[2])}: "
                    + $"{(match.HasRow ? match.Row : "no row")}, "
                    + string.Join(' ', match.Answers.Select(each => $"{each.Fields[0]}{(each.Hindsight ? "h" : "")}"))
            );
        }

        Assert.Equal(
            keys.Select(
                    (key, place) =>
                        $"{key.Name} {key.Id}: {(place % 5 == 0 ? "no row" : $"{key.Name}{key.Id}")}, "
                        + string.Join(
                            ' ',
                            new[] { place % 2 == 0 ? "0.25" : null, place % 3 == 0 ? "0.25h" : null }.OfType<string>()
                        )
                )
                .Where((_, place) => place % 2 == 0 || place % 3 == 0 || place % 5 != 0),
            joined
        );
    }

    [Fact]
    public async Task What_stands_beside_a_prediction_is_read_with_it()
    {
        const string Instant = "2026-03-02 00:00:00+00";
        var table = new PredictionsTable("kinds_predictions", "kinds", ModelTask.Multiclass, Flight);
        var side = new SideTable(table, "classes", ModelTask.Multiclass.SideTables[0].Columns);
        var request = SomePublication.Request(
            table,
            Run("score.1"),
            Columns(table),
            "flight_id,predicted,probability,hindsight,cutoff,predicted_at\n"
                + $"1,a,0.1,f,{Instant},{Instant}\n2,b,0.5,f,{Instant},{Instant}\n"
        );
        await using (var warehouse = Open())
        {
            var rows = new PublishedRows(
                side,
                [
                    .. Flight,
                    new("cutoff", ColumnType.TimestampTz, false),
                    new("class", ColumnType.Text, false),
                    new("probability", ColumnType.Double, false),
                ],
                new[]
                {
                    new PredictionPart(
                        new MemoryStream(
                            Encoding.UTF8.GetBytes(
                                "flight_id,cutoff,class,probability\n"
                                    + $"1,{Instant},\"a,b=1%2C\",0.30000000000000004\n1,{Instant},a,1e-06\n"
                            )
                        ),
                        "side-0.csv"
                    ),
                }.ToAsyncEnumerable()
            );
            await warehouse.PublishAsync(request with { Sides = [rows] }, Cancel);
        }

        await using var reading = Open();
        await using var answers = await PublishedAnswers.OpenAsync(
            reading,
            table,
            new Window(Monday.AddDays(-1), Monday),
            Cancel
        );
        await answers.MoveAsync(Cancel);
        Assert.Equal(
            new Dictionary<string, double> { ["a,b=1%2C"] = 0.1 + 0.2, ["a"] = 1e-6 },
            answers.Value.Beside.ToDictionary()
        );
        Assert.Equal(["a", "0.1"], answers.Value.Fields);
        await answers.MoveAsync(Cancel);
        Assert.Empty(answers.Value.Beside);
    }

    [Fact]
    public async Task Rows_out_of_order_are_65()
    {
        await using var rows = Rows([("b", 1), ("a", 1)]);
        await using var warehouse = Open();
        await PublishAsync("score.1", "1,0.25,f,f");
        var window = new Window(Monday.AddDays(-1), Monday);
        await using var answers = await PublishedAnswers.OpenAsync(warehouse, ParcelTable(), window, Cancel);

        var fault = await Assert.ThrowsAsync<Fault>(async () =>
            await Matching.OfAsync(rows, answers, Cancel).CountAsync(Cancel)
        );

        Assert.Equal(
            (
                ExitCode.BadData,
                "part-0.csv: rows are not in the order of cutoff and key, so they cannot be held against others. "
                    + "Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    private static PredictionsTable ParcelTable() =>
        new(
            "parcels_predictions",
            "parcels",
            ModelTask.Binary,
            [new("name", ColumnType.Text, false), new("id", ColumnType.BigInt, false)]
        );

    private async Task PublishAsync(
        PredictionsTable table,
        string run,
        IEnumerable<(string Name, int Id)> keys,
        bool hindsight
    )
    {
        var lines = keys.Select(key =>
            $"{Quoted(key.Name)},{key.Id},0.25,f,{(hindsight ? "t" : "f")},{Cutoff},2026-03-02 01:00:00+00\n"
        );
        await using var warehouse = Open();
        await warehouse.PublishAsync(
            SomePublication.Request(
                table,
                Run(run),
                Columns(table),
                string.Concat(lines.Prepend("name,id,probability,predicted,hindsight,cutoff,predicted_at\n"))
            ),
            Cancel
        );
    }

    /// <summary>A part of the rows of parcels; what is taken of a row is its key.</summary>
    private static DatasetRows<string> Rows(IEnumerable<(string Name, int Id)> keys)
    {
        var lines = keys.Select(key => $"{Cutoff},{Quoted(key.Name)},{key.Id}\n");
        var part = string.Concat(lines.Prepend("day,name,id\n"));
        return new DatasetRows<string>(
            new[]
            {
                new PredictionPart(new MemoryStream(Encoding.UTF8.GetBytes(part)), "part-0.csv"),
            }.ToAsyncEnumerable(),
            [
                new("day", ColumnType.TimestampTz, false),
                new("name", ColumnType.Text, false),
                new("id", ColumnType.BigInt, false),
            ],
            ["day", "name", "id"],
            reader => $"{reader.Text(1)}{reader.Integer(2)}",
            Cancel
        );
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
}
