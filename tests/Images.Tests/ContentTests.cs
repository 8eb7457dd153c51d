using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.Images;

/// <summary>What is in the images, and what is not.</summary>
public sealed class ContentTests : ImageTests
{
    private const double Megabyte = 1e6;

    public static TheoryData<string> Names => [.. StepImages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_image_holds_its_program_and_what_that_needs(string name)
    {
        var files = (await Docker.FilesOfAsync(StepImages.Of(name))).ToHashSet();

        Assert.Contains($"app/{(name == "cli" ? "trainyard" : name)}.dll", files);
        Assert.Equal(name is "extract" or "measure" or "score" or "cli", files.Contains("app/libduckdb.so"));
        Assert.Equal(name == "train", files.Contains("app/lib_lightgbm.so"));
        Assert.Equal(name is "train" or "score", files.Contains("app/libonnxruntime.so"));
        Assert.Equal(name == "train", files.Contains("usr/lib/x86_64-linux-gnu/libgomp.so.1"));
        Assert.Single(StepImages.Names.Append("trainyard"), other => files.Contains($"app/{other}.dll"));
        Assert.DoesNotContain(
            files,
            file =>
                file.EndsWith("/sh", StringComparison.Ordinal)
                || file.EndsWith("/bash", StringComparison.Ordinal)
                || file.EndsWith("/busybox", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            files,
            file =>
                file.EndsWith("/apt-get", StringComparison.Ordinal) || file.EndsWith("/dpkg", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            files,
            file =>
                file.StartsWith("usr/share/zoneinfo/", StringComparison.Ordinal)
                || file.StartsWith("pipelines", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            files,
            file =>
                file.EndsWith(".so.dbg", StringComparison.Ordinal)
                || file.EndsWith(".xml", StringComparison.Ordinal)
                || file.EndsWith(".cs", StringComparison.Ordinal)
        );
    }

    // Train and score have ONNX Runtime, 29 MB and what calls it, beside what they had.
    [Theory]
    [InlineData("features", 150)]
    [InlineData("train", 182)]
    [InlineData("report", 150)]
    [InlineData("extract", 220)]
    [InlineData("score", 250)]
    [InlineData("measure", 220)]
    public async Task An_image_is_small(string name, double most) =>
        Assert.InRange((await LayersAsync(StepImages.Of(name))).Sum(layer => layer.Bytes) / Megabyte, 80, most);

    [Fact]
    public async Task What_images_have_in_common_is_the_same_layer_in_each()
    {
        var layers = new Dictionary<string, IReadOnlyList<(string Digest, double Bytes)>>();
        foreach (var name in StepImages.Names)
        {
            layers[name] = await LayersAsync(StepImages.Of(name));
        }

        // Own: the last. Before it: what extract, score, measure and cli need for warehouses; what train and score need
        // for models, and for those that were made elsewhere; and what train alone needs for fits.
        Assert.Equal(layers["extract"].SkipLast(1), layers["cli"].SkipLast(1));
        Assert.Equal(layers["extract"].SkipLast(1), layers["measure"].SkipLast(1));
        Assert.Equal(layers["extract"].SkipLast(1), layers["score"].SkipLast(3));
        Assert.Equal(layers["train"].SkipLast(2).TakeLast(2), layers["score"].SkipLast(1).TakeLast(2));
        Assert.Equal(layers["features"].SkipLast(1), layers["train"].SkipLast(4));
        Assert.All(layers.Values, each => Assert.InRange(each[^1].Bytes / Megabyte, 0.1, 10));
        Assert.InRange(
            StepImages.Names.Except(["cli"]).SelectMany(name => layers[name]).Distinct().Sum(layer => layer.Bytes)
                / Megabyte,
            150,
            330
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_image_says_what_it_is(string name)
    {
        var config = (await Docker.InspectAsync(StepImages.Of(name)))["Config"]!;
        string Label(string key) => (string)config["Labels"]![$"org.opencontainers.image.{key}"]!;

        Assert.Equal($"trainyard/{name}", Label("title"));
        Assert.Equal(StepImages.Version, Label("version"));
        Assert.Equal(StepImages.Revision, Label("revision"));
        Assert.Equal("Apache-2.0", Label("licenses"));
        Assert.Equal(
            (
                await Docker.PasteAsync("git config remote.origin.url | sed 's|//[^/@]*@|//|'", Programs.Root)
            ).Output.Trim(),
            Label("source")
        );
        Assert.Equal("1654", (string?)config["User"]);
        Assert.Contains(
            $"TRAINYARD_IMAGE={StepImages.Of(name)}",
            config["Env"]!.AsArray().Select(each => (string?)each)
        );
        var (minor, image) = (
            StepImages.Version[..StepImages.Version.LastIndexOf('.')],
            await Docker.InspectAsync(StepImages.Of(name))
        );
        Assert.Equal((string?)image["Id"], (string?)(await Docker.InspectAsync($"trainyard/{name}:{minor}"))["Id"]);
        Assert.Equal(
            (string?)image["Id"],
            (string?)(await Docker.InspectAsync($"trainyard/{name}:{StepImages.Revision}"))["Id"]
        );
    }

    [Fact]
    public async Task The_bill_of_materials_names_what_is_in_the_image_and_nothing_else()
    {
        var (extract, train) = (await MaterialsAsync("extract"), await MaterialsAsync("train"));

        Assert.Contains("Npgsql", extract.Keys);
        Assert.DoesNotContain("Npgsql", train.Keys);
        Assert.Contains("Microsoft.ML.LightGbm", train.Keys);
        Assert.DoesNotContain("Microsoft.ML.LightGbm", extract.Keys);
        Assert.DoesNotContain(
            extract.Keys.Concat(train.Keys),
            name =>
                name.Contains("Analyzers", StringComparison.Ordinal)
                || name.StartsWith("xunit", StringComparison.Ordinal)
        );
        Assert.Matches(
            "<PackageVersion Include=\"Npgsql\" Version=\"" + extract["Npgsql"]["version"],
            await File.ReadAllTextAsync(
                Path.Combine(Programs.Root, "Directory.Packages.props"),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal("PostgreSQL", (string?)extract["Npgsql"]["licenses"]![0]!["license"]!["id"]);
    }

    /// <summary>Two builds from nothing take longer than all other tests together: before a release, by `make
    /// reproducible`.</summary>
    [Fact]
    [Trait("Suite", "release")]
    public async Task Two_builds_of_one_commit_have_the_same_content()
    {
        const string Again = "trainyard/score:built-again";
        (
            await Docker.RunAsync(
                "build",
                "-q",
                "--no-cache",
                "-f",
                "docker/step.Dockerfile",
                "--build-arg",
                "STEP=score",
                "--build-arg",
                $"VERSION={StepImages.Version}",
                "--build-arg",
                $"REVISION={StepImages.Revision}",
                "-t",
                Again,
                "."
            )
        ).With(0);
        try
        {
            Assert.Equal(await LayersAsync(StepImages.Of("score")), await LayersAsync(Again));
        }
        finally
        {
            await Docker.RunAsync("rmi", Again);
        }
    }

    private static async Task<IReadOnlyList<(string Digest, double Bytes)>> LayersAsync(string image)
    {
        var digests = (await Docker.InspectAsync(image))["RootFS"]!["Layers"]!
            .AsArray()
            .Select(each => (string)each!)
            .ToList();
        var sizes = (await Docker.RunAsync("history", "--human=false", "--format", "{{.Size}}", image))
            .With(0)
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(size => double.Parse(size, CultureInfo.InvariantCulture))
            .Where(size => size > 0)
            .Reverse()
            .ToList();
        Assert.Equal(digests.Count, sizes.Count);
        return [.. digests.Zip(sizes)];
    }

    /// <summary>The packages by name.</summary>
    private static async Task<Dictionary<string, JsonNode>> MaterialsAsync(string name)
    {
        var text = (
            await Docker.PasteAsync(
                $"c=$(docker create {StepImages.Of(name)}); docker cp -q \"$c\":/app/sbom.cdx.json - | tar "
                    + "-xO; docker rm \"$c\" >/dev/null",
                Path.GetTempPath()
            )
        )
            .With(0)
            .Output;
        var bill = JsonNode.Parse(text)!;
        Assert.Equal("CycloneDX", (string?)bill["bomFormat"]);
        Assert.Equal(StepImages.Version, (string?)bill["metadata"]!["component"]!["version"]);
        return bill["components"]!.AsArray().ToDictionary(each => (string)each!["name"]!, each => each!);
    }
}
