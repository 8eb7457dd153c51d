using System.IO.Compression;
using System.Reflection;
using Trainyard.Learning.Encoding;
using Trainyard.Stores;
using Trainyard.Trainers.LightGbm.Released;

namespace Trainyard.Tests.Trainers;

/// <summary>Models as released versions left them.</summary>
public sealed class ReleasedScorerTests
{
    [Theory]
    [InlineData("orders")]
    [InlineData("meters")]
    [InlineData("samples")]
    public async Task Flat_trees_answer_what_1_0_left_as_Microsoft_ML_does(string pipeline)
    {
        var root = Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "RepositoryRoot")
            .Value!;
        await using var store = await ZipFile.OpenReadAsync(
            Path.Combine(root, "tests", "Released", "1.0", $"{pipeline}.zip"),
            TestContext.Current.CancellationToken
        );
        var models = store.Entries.Where(entry => entry.Name.StartsWith("model-", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(models);
        foreach (var model in models)
        {
            var encoder = store.GetEntry(
                model.FullName.Replace("/model-", "/encoder-", StringComparison.Ordinal)[..^3] + "json"
            );
            var saved = await BytesOfAsync(model);
            var scorer = ReleasedScorer.Load(
                saved,
                Documents.Read<Encoder>(await BytesOfAsync(encoder!), "encoder.json"),
                model.Name
            );

            Assert.True(ReleasedScorer.IsOne(saved));
            Assert.Equal(("zip", saved), (scorer.Extension, scorer.Save()));
            // A model is flat only where it gives Microsoft.ML's answers, bit for bit, at all its thresholds and for
            // missing values.
            Assert.True(scorer.IsFlat);
        }
    }

    private static async Task<byte[]> BytesOfAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
