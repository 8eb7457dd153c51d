using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Score;

/// <summary>A promoted model, and whether this version can serve it.</summary>
/// <param name="Code">0, or the code that a score run of it would end with.</param>
/// <param name="Problem">What is wrong, in a sentence; null where nothing is.</param>
internal sealed record TriedModel(Promotion Promotion, ExitCode Code, string? Problem)
{
    /// <summary>Does with a package what the steps of a score run do, but for the rows. What a retry may mend is
    /// thrown.</summary>
    public static async Task<TriedModel> TryAsync(Package package, Promotion promotion, CancellationToken cancel)
    {
        try
        {
            var (card, _) = await package.ReadCardAsync(cancel);
            var files = new Dictionary<string, byte[]>();
            foreach (var (name, file) in card.DefinitionFiles())
            {
                files[name] = await package.ReadFileAsync(file, cancel);
            }

            if (card.Definition.Features.Assembly is { } assembly && ProblemOf(assembly, files) is { } problem)
            {
                return new TriedModel(
                    promotion,
                    ExitCode.BadConfiguration,
                    $"its DLL '{assembly}' {problem}. Then train again."
                );
            }

            await LoadedPackage.LoadAnsweringAsync(package, card, cancel);
            await LoadedPackage.LoadLearnedKeysAsync(package, card, cancel);
            if (card.Served is not null)
            {
                // The next training compares itself with it.
                await LoadedPackage.LoadMeasuredAsync(package, card, cancel);
            }

            return new TriedModel(promotion, ExitCode.Done, null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var told = Failures.Explain(failure, new Changes());
            if (told.Code is ExitCode.Unavailable or ExitCode.TemporaryFailure)
            {
                throw;
            }

            return new TriedModel(promotion, told.Code, told.Sentence);
        }
    }

    /// <summary>A line for a person.</summary>
    public string Text(bool isChampion) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Promotion.Model}: {(isChampion ? "the champion, " : "")}promoted "
                + $"{Promotion.At:yyyy-MM-ddTHH:mm:ssZ} for as-ofs from "
                + $"{Promotion.EffectiveAsOf:yyyy-MM-ddTHH:mm:ssZ}: {Problem ?? "ok"}"
        );

    public JsonObject ToJson() =>
        new()
        {
            ["model"] = Promotion.Model,
            ["promoted_at"] = Promotion.At,
            ["effective_as_of"] = Promotion.EffectiveAsOf,
            ["code"] = (int)Code,
            ["problem"] = Problem,
        };

    private static string? ProblemOf(string assembly, Dictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(assembly, out var dll))
        {
            return "is not in its package; build it";
        }

        using var stream = new MemoryStream(dll);
        var folder = assembly[..(assembly.LastIndexOf('/') + 1)];
        return AssemblyChecks.Problem(stream, name => files.ContainsKey(folder + name), hasNativeCode: false);
    }
}
