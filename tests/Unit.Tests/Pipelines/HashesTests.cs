using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Pipelines;

/// <summary>
/// The hashes of cards that version 1.0 wrote, and of specs, are pinned: whoever changes one of them makes every
/// champion
/// in the field incomparable.
/// </summary>
public sealed class HashesTests
{
    private static readonly string Released = Path.Combine(
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "RepositoryRoot")
            .Value!,
        "tests",
        "Released",
        "1.0"
    );

    /// <summary>A pipeline that 1.0 trained, the hashes that stand in its card, and what they are taken
    /// again.</summary>
    public static TheoryData<string, string, string, string> Golden =>
        new()
        {
            {
                "orders",
                "train.20240408T040000Z.1",
                "v2:d3619d84d3930f1a739e82c092199d07d9a7df762f3eb2260407f3fede97d8c9",
                "v2:08e1f96021371480cec9358ee66b3ed7d8a3614f41fd3d0f48b7df78d6772ca7"
            },
            {
                "meters",
                "train.20240414T220000Z.1",
                "v2:38fce528570352108e8d7fcbc31ce5369cb8e004756d2dedb3fb6081b690ec81",
                "v2:0599dbb6e89b6f2e0cd9fcd7d5d8ec117db6c125b405070e067906e152aafcc4"
            },
            {
                "samples",
                "train.20240302T000000Z.1",
                "v2:89bab3a12e966a46cc323f9e24d47adcf65889db77dc975f25201f36945cf8ee",
                "v2:5029ac288549aa46a2cd0aa160dbb0d0404c8ceab78d25c593fd7afb51a5d1b8"
            },
        };

    [Theory]
    [MemberData(nameof(Golden))]
    public async Task They_are_what_they_always_were(
        string pipeline,
        string train,
        string definition,
        string comparable
    )
    {
        using var folder = await PipelineOfAsync(pipeline);
        var card = folder.Read<Card>($"store/{pipeline}/models/{train}/card.json");
        var spec = PipelineFolder.Load(folder.PathOf($"pipelines/{pipeline}"));

        Assert.Equal(
            (definition, comparable),
            (Hashes.OfReleased(card.Definition, FilesOf(card)), card.ComparableHashNow())
        );

        // The same of the folder that the model was trained from, but that 1.1 calibrates where classes are weighted.
        var model = card.Definition.Model with
        {
            Calibrate = spec.Spec.Model.Calibrate,
        };
        var since = Hashes.OfReleased(card.Definition with { Model = model }, FilesOf(card));
        Assert.Equal(pipeline == "samples", since != definition);
        Assert.Equal(since, spec.DefinitionHash());

        // What 1.0 wrote is of another kind.
        Assert.NotEqual(card.ComparableHash, card.ComparableHashNow());
        Assert.Equal((true, false), (Hashes.IsOfThisKind(definition), Hashes.IsOfThisKind(card.DefinitionHash)));
    }

    [Fact]
    public async Task A_run_of_then_is_of_the_definition_that_its_folder_has_now()
    {
        using var folder = await PipelineOfAsync("meters");
        var run = folder.Read<RunFile>("store/meters/runs/train.20240414T220000Z.1/run.json");

        Assert.True(run.IsOf(PipelineFolder.Load(folder.PathOf("pipelines/meters")).DefinitionHash()));
        Assert.True(run.IsOf(run.DefinitionHash));
        Assert.False(
            (run with { Definition = run.Definition with { Metric = Metric.Mae } }).IsOf(
                PipelineFolder.Load(folder.PathOf("pipelines/meters")).DefinitionHash()
            )
        );
    }

    /// <summary>As a card looks that was written before a key was there.</summary>
    [Fact]
    public async Task A_key_that_is_not_there_is_a_key_with_its_default()
    {
        using var folder = await PipelineOfAsync("samples");
        var card = folder.Read<Card>("store/samples/models/train.20240302T000000Z.1/card.json");
        var (definition, comparable) = (
            Hashes.OfDefinition(card.Definition, []),
            Hashes.OfComparable(card.Definition, [])
        );
        foreach (
            var pointer in new[]
            {
                "clock/zone",
                "rows/history",
                "label/null_at_most",
                "features/derived",
                "model/trainer",
                "model/options/leaves",
                "model/options/seed",
                "model/split/by",
                "model/calibrate",
            }
        )
        {
            var json = JsonSerializer.SerializeToNode(card.Definition, Json.Options)!;
            var (parent, name) = (json, pointer.Split('/'));
            foreach (var member in name[..^1])
            {
                parent = parent[member]!;
            }

            // The leaves are the one that the card says otherwise than by default.
            var removed = parent.AsObject().Remove(name[^1]);
            var older = json.Deserialize<Definition>(Json.Options)!;

            Assert.True(removed, pointer);
            Assert.Equal(pointer != "model/options/leaves", Hashes.OfDefinition(older, []) == definition);
            Assert.Equal(comparable, Hashes.OfComparable(older, []));
        }
    }

    [Theory]
    [InlineData("clock: {zone: America/New_York}", "clock: {every: day, zone: America/New_York}", true, true)]
    [InlineData("key: [id],", "key: [id], history: 365 days,", true, true)]
    [InlineData("numbers: [distance]", "numbers: [distance]\n  categories: []\n  derived: {}", true, true)]
    [InlineData(
        "task: binary",
        "task: binary\n  split: {by: time, validation: 28 days}\n  threshold: {cost: {miss: 1, false_alarm: 1}}",
        true,
        true
    )]
    [InlineData("label:", "label:\n  null_at_most: 5%", true, true)]
    [InlineData("label:", "label:\n  null_at_most: 6%", false, true)]
    [InlineData("key: [id],", "key: [id], history: 366 days,", false, true)]
    [InlineData("task: binary", "task: binary\n  options: {leaves: 30}", false, true)]
    [InlineData("task: binary", "task: binary\n  serve: all", true, true)]
    [InlineData("task: binary", "task: binary\n  serve: measured", false, true)]
    [InlineData("metric: auc", "metric: brier", false, true)]
    [InlineData("numbers: [distance]", "categories: [distance]", false, false)]
    [InlineData("known_after: 2 days", "known_after: 3 days", false, false)]
    [InlineData("zone: America/New_York", "zone: America/Chicago", false, false)]
    [InlineData("key: [id]", "key: [id, leg]", false, false)]
    [InlineData("column: late", "column: tardy", false, false)]
    public void What_goes_without_saying_changes_nothing(
        string said,
        string otherwise,
        bool learnsTheSame,
        bool asksTheSame
    )
    {
        using var folder = new SpecFolder();
        using var other = new SpecFolder(SpecFolder.Smallest.Replace(said, otherwise, StringComparison.Ordinal));
        var (one, two) = (folder.Load().Spec.ToDefinition(), other.Load().Spec.ToDefinition());

        Assert.Equal(learnsTheSame, Hashes.OfDefinition(one, []) == Hashes.OfDefinition(two, []));
        Assert.Equal(asksTheSame, Hashes.OfComparable(one, []) == Hashes.OfComparable(two, []));
    }

    [Theory]
    [InlineData("categories: [plane]", "categories: [{column: plane, keep: 7}]", true)]
    [InlineData("derived: {way: {cross: [a, b]}}", "derived: {way: {cross: [a, b], keep: 7}}", true)]
    [InlineData("text: [body]", "text: [{column: body, buckets: 4096}]", true)]
    [InlineData("text: [body]", "text: [subject]", false)]
    [InlineData("derived: {way: {cross: [a, b]}}", "derived: {way: {cross: [a, c]}}", false)]
    [InlineData(
        "derived: {at: {calendar: t, parts: [month]}, way: {cross: [a, b]}}",
        "derived: {way: {cross: [a, b]}, at: {calendar: t, parts: [month], cyclic: false}}",
        true
    )]
    public void How_many_levels_are_kept_is_no_part_of_the_question(string features, string otherwise, bool asksTheSame)
    {
        var spec = SpecFolder.Smallest.Replace("task: binary", "task: binary\n  trainer: linear");
        using var folder = new SpecFolder(spec.Replace("numbers: [distance]", features, StringComparison.Ordinal));
        using var other = new SpecFolder(spec.Replace("numbers: [distance]", otherwise, StringComparison.Ordinal));

        Assert.Equal(
            asksTheSame,
            Hashes.OfComparable(folder.Load().Spec.ToDefinition(), [])
                == Hashes.OfComparable(other.Load().Spec.ToDefinition(), [])
        );
    }

    [Fact]
    public void Files_count_by_name_and_content_and_not_by_their_order()
    {
        using var folder = new SpecFolder();
        var definition = folder.Load().Spec.ToDefinition();
        DefinitionFile[] files = [new("a.sql", "1"), new("b.dll", "2")];
        var hash = Hashes.OfComparable(definition, files);

        Assert.Equal(hash, Hashes.OfComparable(definition, files.Reverse()));
        Assert.NotEqual(hash, Hashes.OfComparable(definition, [files[0], files[1] with { Sha256 = "3" }]));
        Assert.NotEqual(hash, Hashes.OfComparable(definition, [files[0]]));
    }

    private static IEnumerable<DefinitionFile> FilesOf(Card card) =>
        card.DefinitionFiles().Select(file => new DefinitionFile(file.Name, file.File.Sha256));

    private static async Task<Unpacked> PipelineOfAsync(string pipeline)
    {
        var unpacked = new Unpacked();
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(Released, $"{pipeline}.zip"),
            unpacked.PathOf(""),
            TestContext.Current.CancellationToken
        );
        return unpacked;
    }

    private sealed class Unpacked : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("trainyard-").FullName;

        public string PathOf(string name) => Path.Combine(_root, name);

        public T Read<T>(string name)
            where T : IDocument => Sealed.Read<T>(File.ReadAllBytes(PathOf(name)), name);

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
