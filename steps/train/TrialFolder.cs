using System.Text;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>
/// Trials of options in a run's folder, with which they go. One is found by all that it is a function of beside the
/// run's rows: the definition that was learned, and the program. So another attempt finds it, and so does a try on the
/// run that has others searched too. What is found is looked at, not trusted: it vouches for itself.
/// </summary>
/// <param name="file">What the rows of the run are asked for; of a try, not what is frozen.</param>
/// <param name="tell">Told what stands, in a sentence.</param>
internal sealed class TrialFolder(
    RunFolder run,
    RunFile file,
    Producer producer,
    Action<string> tell,
    CancellationToken cancel
) : ITrialLog
{
    private int _ended;

    public TrialResult? Find(Definition learned) => Told(ReadAsync(NameOf(learned)).GetAwaiter().GetResult());

    /// <summary>Who trains waits for nothing else.</summary>
    public TrialResult Keep(Definition learned, TrialResult result) =>
        Told(KeepAsync(NameOf(learned), learned, result).GetAwaiter().GetResult())!;

    private async Task<TrialResult> KeepAsync(string name, Definition learned, TrialResult result)
    {
        var kept = new KeptTrial
        {
            Pipeline = run.Pipeline,
            Run = run.Run,
            Producer = producer,
            Options = LearnedOptions.Of(learned.Model.Options),
            Result = result,
        };
        return await run.Store.TryCreateAsync(name, Sealed.Bytes(kept), cancel)
            ? result
            : await ReadAsync(name) ?? result;
    }

    private async Task<TrialResult?> ReadAsync(string name) =>
        await run.Store.TryReadAsync(name, cancel) is { } bytes
            ? Sealed.Read<KeptTrial>(bytes, run.Store.UriOf(name)).Result
            : null;

    private string NameOf(Definition learned)
    {
        var hash = Hashes.OfDefinition(
            learned,
            file.DefinitionFiles.Select(each => new DefinitionFile(each.File, each.Sha256))
        );
        return $"{run.Root}/trials/{Hashes.Of(Encoding.UTF8.GetBytes($"{hash} {producer.Fingerprint}"))}.json";
    }

    private TrialResult? Told(TrialResult? result)
    {
        if (result is not null)
        {
            _ended++;
            tell($"{_ended} {(_ended == 1 ? "trial of options is" : "trials of options are")} kept.");
        }

        return result;
    }
}
