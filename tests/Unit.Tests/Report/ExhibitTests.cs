using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Report;

/// <summary>A report draws what a card holds, whatever was learned: these exhibits belong to no task there is.
/// </summary>
public sealed class ExhibitTests
{
    private const string Version = "train.20131230T050000Z.1";

    private static readonly Axis Errors = new("errors", Unit.Count);

    private static readonly IReadOnlyList<Exhibit> One =
    [
        new CurveExhibit
        {
            Id = "elbow",
            Title = "How many groups?",
            X = new Axis("groups", Unit.Count),
            Y = new Axis("inertia"),
            Points = [new(2, 9.5), new(3, 4.25), new(4, double.NaN)],
            Mark = new Mark(3, 4.25, "k = 3"),
        },
        new BinsExhibit
        {
            Id = "bins",
            Title = "Promised and come true",
            Predicted = new Axis("promised", Unit.Share),
            Observed = new Axis("true", Unit.Share),
            Bins = [new(0.8, 0.795, 120)],
        },
        new HistogramExhibit
        {
            Id = "elbow",
            Title = "Distances",
            X = new Axis("distance"),
            Histogram = new Histogram(0, 4, [7, 3]),
        },
        new PeriodsExhibit
        {
            Id = "days",
            Title = "Errors by day",
            Of = "Day of",
            Y = Errors,
            Lines = [new("now", Role.Model), new("before", Role.Champion)],
            Others = [Axis.OfShares("Flagged")],
            Periods = [new(SomeRun.AsOf, 10, [3, null, 0.25])],
        },
        new IntervalsExhibit
        {
            Id = "forest",
            Title = "Gains, one below the other",
            X = new Axis("Gain"),
            Rows = [new("Seed 1", Role.Model, new Estimate(0.25, 0.2, 0.3))],
        },
        new RunExhibit
        {
            Id = "run",
            Title = "Errors along depth",
            X = new Axis("depth"),
            Y = Errors,
            Stops = [new(0.5, null, 3, 40), new(null, "surface", 7, 2)],
        },
        new SwarmExhibit
        {
            Id = "swarm",
            Title = "Moved by",
            Of = "Force",
            X = new Axis("pull"),
            Lines = [new("moon", [0.5, -1.5], [0.25, null])],
        },
        new LinesExhibit
        {
            Id = "both",
            Title = "Over each other",
            X = Axis.OfShares("told"),
            Y = Axis.OfShares("found"),
            Lines = [new("Try 1", [new(0, 0.125), new(1, double.NaN)]), new("Try 2", [new(0.5, 0.5)])],
        },
        new BarsExhibit
        {
            Id = "sizes",
            Section = Sections.Inputs,
            Title = "Size of each cluster",
            Of = "Cluster",
            Value = new Axis("Rows", Unit.Count),
            Bars = [new("3", 1_200), new("5", 300)],
        },
        new MatrixExhibit
        {
            Id = "confusion",
            Title = "Confusion",
            Down = "true",
            DownNames = ["setosa", "virginica"],
            Across = "predicted",
            AcrossNames = ["setosa", "virginica"],
            Value = Errors,
            Values =
            [
                [40, 10],
                [null, 0],
            ],
        },
        new TableExhibit
        {
            Id = "classes",
            Section = "a section of 1.7",
            Title = "A class a row",
            Caption = "Recall is of its own rows.",
            Of = "Class",
            Columns = [Axis.OfShares("Recall"), new("Rows", Unit.Count)],
            Rows = [new("setosa", [0.625, 50], "the rarest")],
        },
    ];

    [Fact]
    public async Task Every_kind_is_shown_whatever_the_task()
    {
        using var run = await SomeRun.OfAsync(CardWith(One), SomeProfile.Flights(302_042));
        var page = new Page(await run.RenderAsync());

        Assert.All(One, exhibit => Assert.Contains(exhibit.Title, page.Text, StringComparison.Ordinal));
        Assert.Contains("Groups Inertia 2 9.500 3 4.250 4 –", page.Text, StringComparison.Ordinal);
        Assert.Contains("Promised True Rows 80.0 % 79.5 % 120", page.Text, StringComparison.Ordinal);
        Assert.Contains("From To Rows 0 2.000 7 2.000 4.000 3", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Day of Rows Now Before Flagged 30 Dec 2013 10 3 – 25.0 %",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Gain From To Seed 1 0.250 0.200 0.300", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Told Found Try 1 0 % 12.5 % Try 1 100 % – Try 2 50.0 % 50.0 %",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Cluster Rows 3 1,200 5 300", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            "true \\ predicted setosa virginica setosa 40 10 virginica – 0",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("--depth:45%", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Class Recall Rows setosa the rarest 62.5 % 50", page.Text, StringComparison.Ordinal);
        Assert.Contains("Depth Errors Rows 0.500 3 40 surface 7 2", page.Text, StringComparison.Ordinal);
        Assert.Contains("Force Mean size Lowest Highest moon 1.000 −1.500 0.500", page.Text, StringComparison.Ordinal);
        Assert.Contains("k 5 Chosen by its silhouette.", page.Text, StringComparison.Ordinal);
        Assert.Contains(Version + " k-means, trained", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", page.Text.Replace("rows are left out", ""), StringComparison.Ordinal);
        Assert.Equal(
            ["metric", "elbow", "bins", "elbow-2", "days", "forest", "run", "swarm", "both", "timeline"],
            page.Charts.EnumerateObject().Select(chart => chart.Name)
        );
    }

    [Fact]
    public async Task A_kind_of_a_later_version_is_named_and_the_others_are_shown()
    {
        using var run = await SomeRun.OfAsync(CardWith(One), SomeProfile.Flights(302_042));
        await ChangeAsync(
            run,
            exhibits =>
            {
                exhibits[0]!["kind"] = "hologram";
                exhibits[0]!["depth"] = new JsonObject { ["a"] = 1 };
            }
        );
        var page = new Page(await run.RenderAsync());

        Assert.Contains(
            "One exhibit was left out, “How many groups?”: this version of Trainyard does not know its kind. A later "
                + "one draws it.",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("Promised and come true", page.Text, StringComparison.Ordinal);
        Assert.False(page.Charts.TryGetProperty("elbow", out _));
    }

    [Fact]
    public async Task A_kind_that_is_known_holds_nothing_unknown()
    {
        using var run = await SomeRun.OfAsync(CardWith(One), SomeProfile.Flights(302_042));
        await ChangeAsync(run, exhibits => exhibits[0]!["depth"] = 1);

        var fault = await Assert.ThrowsAsync<Fault>(run.RenderAsync);
        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Contains("depth", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exhibits_come_back_as_they_were_written()
    {
        var written = Json.Bytes(CardWith(One));

        Assert.Equal(written, Json.Bytes(Json.Read<Card>(written, "card.json")));
    }

    [Fact]
    public void A_card_is_shown_without_the_fields_that_its_exhibits_stand_for()
    {
        var card = CardExhibits.Of(SomeCard.Flights(SomeRun.AsOf, Version));

        Assert.Equal(
            ["roc", "precision-recall", "reliability", "scores", "weeks", "importances"],
            card.Exhibits!.Select(exhibit => exhibit.Id)
        );
        Assert.Equal(
            [
                ("Trainer", "LightGBM"),
                ("Size", "214\u00a0trees"),
                ("Threshold", "0.186"),
                ("Labels", "13.8\u00a0% positive"),
            ],
            card.Facts!.Select(fact => (fact.Label, fact.Value))
        );
        Assert.Equal(
            (null, null, null, null, null),
            (
                card.Evaluation.Roc,
                card.Evaluation.PrecisionRecall,
                card.Evaluation.Reliability,
                card.Evaluation.ByWeek,
                card.Evaluation.Importances
            )
        );
        Assert.Same(card, CardExhibits.Of(card));
    }

    /// <summary>Validation picks one size, of which there are many models.</summary>
    [Theory]
    [InlineData("lightgbm", "seeds", 1, "214\u00a0trees for each of 3 classes")]
    [InlineData("lightgbm", "seeds", 5, "214\u00a0trees for each of 3 classes with each of 5\u00a0seeds")]
    [InlineData("forest", "leaves", 5, "214\u00a0trees for each of 3 classes")]
    [InlineData("linear", "seed", 5, "214\u00a0steps")]
    public void A_size_is_told_with_how_often_it_is_there(string named, string option, int value, string size)
    {
        var trainer = Trainer.All.Single(each => each.Name == named);
        var card = SomeCard.Irises(SomeRun.AsOf, Version);
        card = card with
        {
            Definition = card.Definition with
            {
                Model = new ModelSpec { Task = ModelTask.Multiclass, Trainer = trainer },
            },
            Classes = ["setosa", "versicolor", "virginica"],
        };
        var options = JsonSerializer.SerializeToElement(new Dictionary<string, int> { [option] = value });

        Assert.Equal(size, SizeOf(card with { Options = options }));
        Assert.Equal("214\u00a0trees", SizeOf(SomeCard.Flights(SomeRun.AsOf, Version)));

        static string SizeOf(Card card) => CardExhibits.Of(card).Facts!.Single(fact => fact.Label == "Size").Value;
    }

    private static Card CardWith(IReadOnlyList<Exhibit> exhibits) =>
        SomeCard.Flights(SomeRun.AsOf, Version) with
        {
            Format = 2,
            Exhibits = exhibits,
            Facts =
            [
                new Fact("Trainer", "k-means") { Section = Sections.Model },
                new Fact("k", "5") { Note = "Chosen by its silhouette." },
            ],
        };

    /// <summary>Writes the run's card again, as a later version might have.</summary>
    private static async Task ChangeAsync(SomeRun run, Action<JsonArray> change)
    {
        var package = new Package(run.Store, run.File.Pipeline, Version);
        var name = $"{package.Root}/{Package.CardFile}";
        var card = JsonNode.Parse(Documents.Bytes((await package.ReadCardAsync(default)).Card))!.AsObject();
        change(card["exhibits"]!.AsArray());
        await run.Store.DeleteAsync(name, default);
        const string Member = ",\n  \"seal\": \"";
        var body = card.ToJsonString(Json.Options)[..^"\n}".Length];
        var seal = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var bytes = Encoding.UTF8.GetBytes($"{body}{Member}{seal}\"\n}}\n");
        await run.Store.TryCreateAsync(name, bytes, default);
    }
}
