namespace Trainyard.Tests.EndToEnd;

/// <summary>What a package holds for whoever opens it.</summary>
public abstract class PackageTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Model = "parcels/models/train.20240520T040000Z.1";

    [Fact]
    public async Task The_model_is_LightGBMs_text_and_the_calibrator_a_map()
    {
        await Parcels.TrainedAsync("2024-05-20");

        var model = await Workspace.FindAsync($"{Model}/model-");
        Assert.EndsWith(".txt", model, StringComparison.Ordinal);
        var text = await Workspace.ReadTextAsync(model);
        Assert.StartsWith("tree\nversion=v4\n", text, StringComparison.Ordinal);
        Assert.Contains("\nobjective=binary sigmoid:1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nleaf_count=", text, StringComparison.Ordinal);

        var calibrator = await Workspace.FindAsync($"{Model}/calibrator-");
        var steps = (await Workspace.ReadJsonAsync(calibrator))["steps"]!.AsArray();
        double[] answers = [.. steps.Select(step => (double)step!["answer"]!)];
        Assert.Equal(answers.Order(), answers);
        var card = await Workspace.ReadJsonAsync($"{Model}/card.json");
        Assert.All(
            [model, calibrator],
            name => Assert.Contains(card["files"]!.AsArray(), file => $"{Model}/{(string)file!["file"]!}" == name)
        );
        Assert.Equal(
            text.Split('\n').Count(line => line.StartsWith("Tree=", StringComparison.Ordinal)),
            (int)card["trees"]!
        );
    }
}

public sealed class PackagesOnFolderAndDuckDb : PackageTests<FolderAndDuckDb>;
