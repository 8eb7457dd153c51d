using System.Security.Cryptography;
using System.Text;
using Trainyard.Datasets;
using Trainyard.Features;
using Trainyard.Pipelines;
using Trainyard.Steps.Features;
using Trainyard.Stores;

namespace Trainyard.Tests.FeaturesStep;

public sealed class CustomFeaturesTests : IDisposable
{
    private const string Assembly = "features/bin/Team.Features.dll";

    private static readonly SomeFeature Twice = new("Twice", "twice", ["miles"], SomeFeature.TwiceTheFirst);

    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-tests-").FullName;

    [Fact]
    public async Task Features_are_computed_in_the_order_of_their_classes()
    {
        using var features = await LoadAsync([
            new SomeFeature("Zone", "zone", ["from"], SomeFeature.Text("x,y"), FeatureKind.Category),
            Twice,
        ]);
        Assert.Equal(
            [new Column("twice", ColumnType.Double, true), new Column("zone", ColumnType.Text, true)],
            features.Columns([])
        );
        Assert.Equal("twice,zone\n200,\"x,y\"\n", Compute(features));
    }

    [Fact]
    public async Task What_a_feature_throws_names_pipeline_feature_and_row()
    {
        using var features = await LoadAsync([
            new SomeFeature("Bad", "bad", ["miles"], SomeFeature.Throws("no such place")),
        ]);
        Refused(
            Assert.Throws<Fault>(() => Compute(features)),
            ExitCode.BadData,
            "The feature 'bad' of pipeline 'flights' failed on the row id = 1, at = 2013-01-01 05:00:00+00: "
                + "ArgumentException: no such place Nothing was changed."
        );
    }

    [Fact]
    public async Task A_dependency_that_is_not_beside_the_DLL_is_named_and_never_taken_from_the_step_itself()
    {
        var own = typeof(Fault).Assembly.GetName().Name!;
        using var features = await LoadAsync([new SomeFeature("Far", "far", ["miles"], SomeFeature.Needs(own))]);
        Refused(
            Assert.Throws<Fault>(() => Compute(features)),
            ExitCode.BadConfiguration,
            "The feature 'far' of pipeline 'flights' cannot run on the row id = 1, at = 2013-01-01 "
                + $"05:00:00+00: {own}.dll is not beside it. Build it with "
                + "<EnableDynamicLoading>true</EnableDynamicLoading> in its project, which puts there what it "
                + "needs. Nothing was changed."
        );
    }

    [Fact]
    public async Task A_value_read_as_another_type_is_refused()
    {
        using var features = await LoadAsync([Twice with { Inputs = ["from"] }]);
        Refused(
            Assert.Throws<Fault>(() => Compute(features)),
            ExitCode.BadData,
            "The feature 'twice' of pipeline 'flights' failed on the row id = 1, at = 2013-01-01 05:00:00+00: "
                + "InvalidCastException: Column 'from' is text, not a number. Nothing was changed."
        );
    }

    [Fact]
    public async Task A_category_from_a_number_is_refused()
    {
        using var features = await LoadAsync([Twice with { Compute = SomeFeature.Text("much") }]);
        Refused(
            Assert.Throws<Fault>(() => Compute(features)),
            ExitCode.BadData,
            "The feature 'twice' of pipeline 'flights' failed on the row id = 1, at = 2013-01-01 05:00:00+00: "
                + "it is a number and gave the category 'much'. Nothing was changed."
        );
    }

    [Theory]
    [InlineData("Twice", "whose name is not lower case letters, digits and underscores")]
    [InlineData("seats", "and the query returns a column of that name")]
    [InlineData("late", "and the query returns a column of that name")]
    [InlineData("ratio", "and the spec derives a feature of that name")]
    [InlineData("same", "and Other has that name too")]
    public async Task A_name_is_new_and_a_column_can_have_it(string name, string problem)
    {
        var other = new SomeFeature("Other", "same", ["miles"], SomeFeature.TwiceTheFirst);
        Refused(
            await Assert.ThrowsAsync<Fault>(() => LoadAsync([other, Twice with { Name = name }])),
            ExitCode.BadConfiguration,
            $"Twice in {Assembly} of pipeline 'flights' is the feature '{name}', {problem}. Nothing was changed."
        );
    }

    [Theory]
    [InlineData("late", "which reads the label 'late', which nobody knows when the row is scored.")]
    [InlineData("mile", "which reads the column 'mile' that the query does not return. Did you mean 'miles'?")]
    [InlineData(null, "which has no inputs; a feature is computed from its row.")]
    public async Task An_input_is_a_column_that_is_known(string? input, string problem) =>
        Refused(
            await Assert.ThrowsAsync<Fault>(() => LoadAsync([Twice with { Inputs = input is null ? [] : [input] }])),
            ExitCode.BadConfiguration,
            $"Twice in {Assembly} of pipeline 'flights' is the feature 'twice', {problem} Nothing was changed."
        );

    [Fact]
    public async Task A_DLL_without_features_is_refused() =>
        Refused(
            await Assert.ThrowsAsync<Fault>(() => LoadAsync([])),
            ExitCode.BadConfiguration,
            $"{Assembly} of pipeline 'flights' holds no public class that implements "
                + "Trainyard.Features.IFeature. Nothing was changed."
        );

    [Fact]
    public async Task A_DLL_whose_class_needs_another_DLL_is_refused() =>
        Refused(
            await Assert.ThrowsAsync<Fault>(() => LoadAsync(SomeFeature.DllWithoutItsDependency("Team.Features"))),
            ExitCode.BadConfiguration,
            $"{Assembly} of pipeline 'flights' cannot be loaded: Missing.dll is not beside it. Build it with "
                + "<EnableDynamicLoading>true</EnableDynamicLoading> in its project, which puts there what it "
                + "needs. Nothing was changed."
        );

    [Fact]
    public async Task What_is_no_DLL_is_refused()
    {
        var fault = await Assert.ThrowsAsync<Fault>(() => LoadAsync(Encoding.UTF8.GetBytes(new string('x', 1000))));
        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Matches(
            $"^{Assembly} of pipeline 'flights' cannot be loaded: Bad IL format.*Build it for .NET 10, against "
                + "the versions that lie beside it. Nothing was changed.$",
            fault.Message
        );
    }

    [Fact]
    public async Task What_a_features_name_throws_is_not_taken_for_a_bug_of_ours() =>
        Refused(
            await Assert.ThrowsAsync<Fault>(() =>
                LoadAsync([Twice with { Named = SomeFeature.Throws("no name yet") }])
            ),
            ExitCode.BadConfiguration,
            $"Twice in {Assembly} of pipeline 'flights' cannot be made: ArgumentException: no name yet Nothing "
                + "was changed."
        );

    [Fact]
    public async Task A_changed_byte_in_the_DLL_is_refused_before_it_is_loaded()
    {
        var fault = await Assert.ThrowsAsync<Fault>(() =>
            LoadAsync(SomeFeature.Dll("Team.Features", Twice), bytes => bytes[^1] ^= 1)
        );
        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Contains(
            "Team.Features.dll is not what was written: its SHA-256 is another.",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Refused(Fault fault, ExitCode code, string message)
    {
        Assert.Equal(message, fault.Message);
        Assert.Equal(code, fault.Code);
    }

    private static string Compute(CustomFeatures features)
    {
        var csv = $"{string.Join(',', SomePart.Columns.Select(column => column.Name))}\n{SomePart.Row}\n";
        using var reader = DatasetReader.Open(
            new MemoryStream(Encoding.UTF8.GetBytes(csv)),
            "part.csv",
            SomePart.Columns
        );
        using var target = new MemoryStream();
        var columns = features.Columns([]);
        var profiler = new DatasetProfiler(columns);
        new FeaturesPart(reader, [.. features.Computations(reader, File([]))]).WriteTo(
            target,
            columns,
            profiler.Start(0),
            _ => { },
            TestContext.Current.CancellationToken
        );
        return Encoding.UTF8.GetString(target.ToArray());
    }

    private Task<CustomFeatures> LoadAsync(SomeFeature[] features) =>
        LoadAsync(SomeFeature.Dll("Team.Features", features));

    private async Task<CustomFeatures> LoadAsync(byte[] dll, Action<byte[]>? change = null)
    {
        var stored = new StoredFile(Assembly, dll.Length, Convert.ToHexStringLower(SHA256.HashData(dll)));
        change?.Invoke(dll);
        var run = new RunFolder(new FolderStore(_folder), "flights", "train.1");
        await run.Store.TryCreateAsync(run.DefinitionName(Assembly), dll, TestContext.Current.CancellationToken);
        return await CustomFeatures.LoadAsync(
            run,
            File([stored]),
            SomePart.Columns,
            TestContext.Current.CancellationToken
        );
    }

    private static RunFile File(StoredFile[] files) =>
        Report.SomeRun.Train(
            "flights",
            SomePart.Definition(
                new FeaturesSpec
                {
                    Derived = new Dictionary<string, DerivedSpec>
                    {
                        ["ratio"] = new() { Expression = "miles / seats" },
                    },
                    Assembly = Assembly,
                }
            )
        ) with
        {
            DefinitionFiles = files,
        };
}
