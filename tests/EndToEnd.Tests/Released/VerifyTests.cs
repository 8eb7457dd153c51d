using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary><c>trainyard verify</c>: whether the installed version can serve what serves.</summary>
public abstract class VerifyTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Newest = "train.20240408T040000Z.1";
    private const string Before = "train.20240401T040000Z.1";

    private const string NewestLine =
        $"{Newest}: the champion, promoted 2026-11-26T21:44:58Z for as-ofs from 2024-04-08T04:00:00Z: ";

    private const string BeforeLine = $"{Before}: promoted 2026-11-26T21:44:55Z for as-ofs from 2024-04-01T04:00:00Z: ";

    private const string Advice =
        "Keep the version that serves now until what the lines above say is done. Nothing was changed.";

    private ReleasedStore Released => new(Workspace, "orders");

    protected override Task PrepareAsync() => Released.RestoreAsync();

    /// <summary>Neither the refused one nor the one that was rolled back.</summary>
    [Fact]
    public async Task The_champion_and_those_that_rollbacks_reach_are_tried()
    {
        var before = await Workspace.StateAsync();

        Assert.Equal($"{NewestLine}ok\n{BeforeLine}ok\n", (await VerifyAsync()).With(0).Output);

        var json = JsonNode.Parse((await VerifyAsync("--output", "json")).With(0).Output)!.AsArray();
        Assert.Equal([Newest, Before], json.Select(model => (string)model!["model"]!));
        Assert.Equal(before, await Workspace.StateAsync());

        // The program score says the same, for where there are only images.
        var score = await Workspace.RunAsync("score", ["verify", "orders", "--store", Workspace.Store]);
        Assert.Equal($"{NewestLine}ok\n{BeforeLine}ok\n", score.With(0).Output);
    }

    [Fact]
    public async Task A_changed_byte_is_65_and_the_others_are_tried_all_the_same()
    {
        var model = await Workspace.FindAsync($"orders/models/{Newest}/model-");
        var bytes = await Workspace.ReadAsync(model);
        bytes[^1] ^= 1;
        await Workspace.WriteAsync(model, bytes);

        var ended = (await VerifyAsync()).With(65);

        var lines = ended.Output.TrimEnd().Split('\n');
        Assert.StartsWith(NewestLine, lines[0], StringComparison.Ordinal);
        Assert.Contains("SHA-256", lines[0], StringComparison.Ordinal);
        Assert.Equal($"{BeforeLine}ok", lines[1]);
        Assert.Equal(
            $"1 of 2 models of pipeline 'orders' cannot serve with Trainyard {Version}: {Newest}. {Advice}",
            ended.LastWords
        );
    }

    [Fact]
    public async Task A_later_format_is_78_and_names_the_version_to_use()
    {
        var card = $"orders/models/{Before}/card.json";
        var later = (await Workspace.ReadJsonAsync(card)).AsObject();
        later["format"] = 9;
        later["producer"]!["version"] = "7.4.0";
        later["unheard_of"] = true;
        await Workspace.WriteTextAsync(card, Sealing.Seal(later));

        var ended = (await VerifyAsync()).With(78);

        Assert.Equal(
            $"{NewestLine}ok\n{BeforeLine}{Workspace.Store}/{card} was written by a later version of Trainyard: it has "
                + $"format 9, and Trainyard {Version} reads formats up to 2. Use Trainyard 7.4.0 or later. Nothing was "
                + "changed.\n",
            ended.Output
        );

        // The same format, and a member that this version does not know.
        later["format"] = 1;
        await Workspace.WriteTextAsync(card, Sealing.Seal(later));
        Assert.EndsWith(
            $"{Workspace.Store}/{card} was written by Trainyard 7.4.0 and says what Trainyard {Version} does not "
                + "know. Use "
                + "Trainyard 7.4.0 or later. Nothing was changed.\n",
            (await VerifyAsync()).With(78).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Golden_rows_that_are_answered_otherwise_are_78()
    {
        var golden = await Workspace.FindAsync($"orders/models/{Before}/golden-");
        var lines = (await Workspace.ReadTextAsync(golden)).Split('\n');
        lines[3] = lines[3][..(lines[3].LastIndexOf(',') + 1)] + "0.123456";
        await ReplaceAsync(Before, golden, string.Join('\n', lines));

        Assert.Contains(
            $"{BeforeLine}The model does not answer here as it did when it was trained: golden row 3 of ",
            (await VerifyAsync()).With(78).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_library_that_the_steps_cannot_load_is_78()
    {
        var dll = $"orders/models/{Newest}/definition/features/bin/Orders.Features.dll";
        await ReplaceAsync(Newest, dll, "no assembly");

        Assert.Contains(
            $"{NewestLine}its DLL 'features/bin/Orders.Features.dll' is no .NET assembly; build it again. Then train "
                + "again.\n",
            (await VerifyAsync()).With(78).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_package_or_a_champion_it_is_66()
    {
        await Workspace.DeleteAsync($"orders/models/{Newest}/card.json");

        var ended = (await VerifyAsync()).With(66);
        Assert.StartsWith($"{NewestLine}There is no model '{Newest}'", ended.Output, StringComparison.Ordinal);

        Assert.Equal(
            $"Pipeline 'others' has no champion in {Workspace.Store}, so there is nothing to verify. Nothing was "
                + "changed.",
            (await Workspace.RunAsync("trainyard", ["verify", "others", "--store", Workspace.Store])).With(66).LastWords
        );
    }

    /// <summary>A promotion, a manifest or a run of a later version stops whoever needs it, in the same
    /// words.</summary>
    [Theory]
    [InlineData("orders/promotions/000005.json", "verify", "orders")]
    [InlineData("orders/promotions/000005.json", "rollback", "orders", "--why", "tried")]
    [InlineData("orders/runs/score.20240424T040000Z.1/run.json", "show", "orders", "score.20240424T040000Z.1")]
    [InlineData(
        "orders/runs/score.20240424T040000Z.1/score/manifest.json",
        "show",
        "orders",
        "score.20240424T040000Z.1"
    )]
    public async Task Whatever_is_of_a_later_format_is_refused(string name, params string[] command)
    {
        var later = (await Workspace.ReadJsonAsync(name)).AsObject();
        later["format"] = 9;
        later["needs"] = "9.1.0";
        await Workspace.WriteTextAsync(name, Sealing.Seal(later));
        var before = await Workspace.StateAsync();

        var ended = await Workspace.RunAsync("trainyard", [.. command, "--store", Workspace.Store]);

        var formats = name.EndsWith("/run.json", StringComparison.Ordinal) ? 2 : 1;
        Assert.Equal(
            $"{Workspace.Store}/{name} was written by a later version of Trainyard: it has format 9, and Trainyard "
                + $"{Version} reads formats up to {formats}. Use Trainyard 9.1.0 or later. Nothing was changed.",
            ended.With(78).LastWords
        );
        Assert.Equal(before, await Workspace.StateAsync());
    }

    private static string Version => typeof(Trainyard.Stores.Sealed).Assembly.GetName().Version!.ToString(3);

    private Task<Ended> VerifyAsync(params string[] more) => Released.AskAsync("verify", more);

    /// <summary>Puts another content into a package, and vouches for it.</summary>
    private async Task ReplaceAsync(string model, string name, string content)
    {
        await Workspace.WriteTextAsync(name, content);
        var (card, bytes) = ($"orders/models/{model}/card.json", System.Text.Encoding.UTF8.GetBytes(content));
        var json = (await Workspace.ReadJsonAsync(card)).AsObject();
        var file = json["files"]!
            .AsArray()
            .Single(file => name.EndsWith("/" + (string)file!["file"]!, StringComparison.Ordinal))!;
        file["bytes"] = bytes.Length;
        file["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        await Workspace.WriteTextAsync(card, Sealing.Seal(json));
    }
}

public sealed class VerifyOnFolderAndDuckDb : VerifyTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class VerifyOnPostgresAndS3 : VerifyTests<PostgresAndS3>;
