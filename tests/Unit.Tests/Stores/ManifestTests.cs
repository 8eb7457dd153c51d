using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Tests.Stores;

public sealed class ManifestTests
{
    [Theory]
    [InlineData("duckdb:rows.json")]
    [InlineData("postgresql://trainyard@host/score.json")]
    public void The_query_is_found_wherever_it_stands_among_the_inputs(string warehouse)
    {
        var (query, card) = (new ManifestInput(warehouse, "q"), new ManifestInput("s3://b/p/models/m/card.json", "c"));
        Assert.Same(query, Extract([card, query]).QueryInput);
        Assert.Same(query, Extract([query, card]).QueryInput);
    }

    [Fact]
    public void A_file_is_found_by_its_stem_and_not_by_its_place_or_a_longer_stem()
    {
        StoredFile[] files =
        [
            new("reporting-1.html", 1, "x"),
            new("summary-2.json", 1, "y"),
            new("report-3.html", 1, "z"),
        ];
        Assert.Equal("report-3.html", files.Of(Manifest.ReportStem)?.File);
        Assert.Null(files.Of("golden"));
        Assert.Equal("y", files.Named("summary-2.json")?.Sha256);
    }

    [Fact]
    public void An_input_is_the_manifest_of_the_step_in_whose_folder_it_stands()
    {
        var rows = new ManifestInput("s3://features/p/runs/r/extract/manifest.json", "x");
        Assert.True(rows.IsManifestOf(StepName.Extract));
        Assert.False(rows.IsManifestOf(StepName.Features));
    }

    [Fact]
    public void Every_enum_has_a_text_also_where_it_stands_in_no_document()
    {
        Assert.Equal("double precision", EnumText.Of(ColumnType.Double));
        Assert.Equal(["fit", "validation", "holdout", "gap"], EnumText.All<SplitPart>());
    }

    private static Manifest Extract(IReadOnlyList<ManifestInput> inputs) =>
        new()
        {
            Pipeline = "p",
            Run = "r",
            Step = StepName.Extract,
            AsOf = DateTimeOffset.UnixEpoch,
            ExitCode = ExitCode.Done,
            Sentence = "Read 1 row.",
            Producer = new Producer { Version = "1", Fingerprint = "f" },
            Inputs = inputs,
            Cost = new Cost
            {
                Seconds = 0,
                CpuSeconds = 0,
                PeakMemoryBytes = 0,
                BytesIn = 0,
                BytesOut = 0,
            },
        };
}
