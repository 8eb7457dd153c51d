using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Features in C#, from a library that a team has built on the package.</summary>
[Trait("Suite", Suites.Slow)]
public abstract class FeatureLibraryTests<TWorkspace>(TeamFolder team) : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Dll = "Parcels.Features.dll";

    /// <summary>Needs a package that the step has too, in its own folder: it must not be taken from there.</summary>
    private const string Distance = """
        using Quickenshtein;
        using Trainyard.Features;

        public sealed class DepotDistance : IFeature
        {
            public string Name => "depot_distance";
            public FeatureKind Kind => FeatureKind.Number;
            public IReadOnlyList<string> Inputs => ["depot"];
            public FeatureValue Compute(FeatureRow row) =>
                FeatureValue.Of(Levenshtein.GetDistance(row.Text(0) ?? "", "north"));
        }
        """;

    private const string Broken = """
        using Trainyard.Features;

        public sealed class HalfTheStops : IFeature
        {
            public string Name => "half_the_stops";
            public FeatureKind Kind => FeatureKind.Number;
            public IReadOnlyList<string> Inputs => ["stops", "depot"];
            public FeatureValue Compute(FeatureRow row) =>
                row.Number(0) == 20
                    ? throw new NotSupportedException($"20 stops from {row.Text(1)}?")
                    : FeatureValue.Of(row.Number(0) / 2);
        }
        """;

    private string Bin => Path.Combine(Parcels.Folder, "features", "bin");

    [Fact]
    public async Task What_a_library_needs_travels_with_the_model_and_is_loaded_from_there()
    {
        await UseAsync("Distance", Distance, """<PackageReference Include="Quickenshtein" Version="1.5.1" />""");

        (await Parcels.RunAsync("both", "2024-05-20")).With(0);

        var model = (await Workspace.ListAsync()).Where(name =>
            name.StartsWith("parcels/models/", StringComparison.Ordinal)
            && name.EndsWith(".dll", StringComparison.Ordinal)
        );
        Assert.Equal([Dll, "Quickenshtein.dll"], model.Select(Path.GetFileName));
        var part = Encoding
            .UTF8.GetString(await Parcels.ReadAsync("score.20240520T040000Z.1", "features", "part-"))
            .TrimEnd()
            .Split('\n');
        Assert.EndsWith(",depot_distance", part[0], StringComparison.Ordinal);
        Assert.Equal(
            ["0", "2", "6"],
            part.Skip(1).Select(line => line[(line.LastIndexOf(',') + 1)..]).Distinct().Order()
        );
        Assert.Contains(
            "depot_distance",
            await Workspace.ReadTextAsync("parcels/models/train.20240520T040000Z.1/card.json"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_dependency_that_was_not_built_with_it_is_named_before_any_row_is_read()
    {
        await UseAsync("Distance", Distance, """<PackageReference Include="Quickenshtein" Version="1.5.1" />""");
        File.Delete(Path.Combine(Bin, "Quickenshtein.dll"));
        var problem =
            $"{Place()}: the DLL 'features/bin/{Dll}' needs Quickenshtein.dll, which is not beside it; write "
            + "<EnableDynamicLoading>true</EnableDynamicLoading> in its project, so that a build puts there "
            + "what it needs.";

        var validate = (await Workspace.RunAsync("trainyard", ["validate", Parcels.Folder])).With(78);
        var extract = (await Parcels.ExtractAsync("train.1", "train", "2024-05-20")).With(78);

        Assert.Equal(problem, validate.Words);
        Assert.Equal(problem, extract.Words);
        Assert.Empty(await Workspace.ListAsync());
    }

    [Fact]
    public async Task A_library_for_a_newer_dotnet_is_refused_before_any_row_is_read()
    {
        await UseAsync("Broken", Broken);
        Age(Path.Combine(Bin, Dll), 99);

        var extract = (await Parcels.ExtractAsync("train.1", "train", "2024-05-20")).With(78);

        Assert.Equal(
            $"{Place()}: the DLL 'features/bin/{Dll}' was built for .NET 99, and the steps run on .NET 10; "
                + "write <TargetFramework>net10.0</TargetFramework> in its project.",
            extract.Words
        );
        Assert.Empty(await Workspace.ListAsync());
    }

    [Fact]
    public async Task What_a_feature_throws_is_one_sentence_with_pipeline_feature_and_row()
    {
        await UseAsync("Broken", Broken);
        await Parcels.TrainAsync("train.1", "2024-05-20");

        var features = (await Parcels.StepAsync("features", "train.1")).With(65);

        Assert.Matches(
            @"^The feature 'half_the_stops' of pipeline 'parcels' failed on the row parcel_id = \d+, "
                + @"day_start = 2024-[-0-9]{5} 0[45]:00:00\+00: NotSupportedException: 20 stops from \w+\? "
                + @"Nothing was changed\.$",
            features.Words
        );
        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name =>
                name.Contains("/features/", StringComparison.Ordinal)
                && !name.Contains("/definition/", StringComparison.Ordinal)
        );
    }

    /// <summary>Builds a library and makes it the pipeline's.</summary>
    private async Task UseAsync(string name, string source, string packages = "")
    {
        var built = await team.OnceAsync(name, () => team.LibraryAsync(name, source, packages));
        Directory.CreateDirectory(Bin);
        foreach (var file in Directory.EnumerateFiles(built))
        {
            File.Copy(
                file,
                Path.Combine(Bin, Path.GetFileName(file).Replace($"{name}.dll", Dll, StringComparison.Ordinal))
            );
        }

        Parcels.Edit("pipeline.yaml", "categories: [depot]", $"categories: [depot]\n  assembly: features/bin/{Dll}");
    }

    /// <summary>Where the spec names the library.</summary>
    private string Place()
    {
        var file = Path.Combine(Parcels.Folder, "pipeline.yaml");
        var before = File.ReadLines(file).TakeWhile(line => !line.Contains("assembly:", StringComparison.Ordinal));
        return $"{file}:{before.Count() + 1}:13";
    }

    /// <summary>Makes a DLL one that was built for a .NET to come: its references to .NET's assemblies name that
    /// version.</summary>
    private static void Age(string path, ushort version)
    {
        var bytes = File.ReadAllBytes(path);
        using var dll = new PEReader(new MemoryStream(bytes));
        var metadata = dll.GetMetadataReader();
        var table = dll.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef);
        foreach (var (row, handle) in metadata.AssemblyReferences.Index())
        {
            if (
                metadata
                    .GetString(metadata.GetAssemblyReference(handle).Name)
                    .StartsWith("System.", StringComparison.Ordinal)
            )
            {
                BitConverter
                    .GetBytes(version)
                    .CopyTo(bytes, table + row * metadata.GetTableRowSize(TableIndex.AssemblyRef));
            }
        }

        File.WriteAllBytes(path, bytes);
    }
}

[Collection(nameof(TeamFolder))]
public sealed class FeatureLibraryOnFolderAndDuckDb(TeamFolder team) : FeatureLibraryTests<FolderAndDuckDb>(team);

[Collection(nameof(TeamFolder))]
public sealed class FeatureLibraryOnPostgresAndS3(TeamFolder team) : FeatureLibraryTests<PostgresAndS3>(team);
