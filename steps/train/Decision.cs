using System.Globalization;
using Trainyard.Hosting;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Gates;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Train;

/// <summary>Asks the gate under the promotions log as it is when the answer is written into it: exactly one entry a
/// train
/// run, none for a trial.</summary>
/// <param name="card">The card of the run's package, which stands.</param>
/// <param name="evaluator">Measures the run's model; only asked for where there is a champion.</param>
internal sealed class Decision(StepContext context, Card card, Func<Task<Evaluator>> evaluator)
{
    private readonly PromotionLog _log = new(context.Run.Store, context.Run.Pipeline);

    /// <summary>Comparisons by the champion, none where there is none.</summary>
    private readonly Dictionary<string, Compared> _compared = [];

    private string Version => context.Run.Run;

    public async Task<Decided> DecideAsync(CancellationToken cancel)
    {
        if (context.File.IsTrial)
        {
            return await JudgeAsync(await _log.ReadAsync(cancel), cancel);
        }

        Decided? decided = null;
        var entry = await _log.AppendAsync(
            async log =>
            {
                if (log.FirstOrDefault(entry => entry.IsDecisionOn(Version)) is { } standing)
                {
                    // Another attempt has decided, under the log as it was then.
                    var compared = await CompareAsync([.. log.TakeWhile(entry => entry != standing)], cancel);
                    decided = new Decided(ModelStanding.Of(log, Version)!.Verdict, compared);
                    return standing;
                }

                decided = await JudgeAsync(log, cancel);
                return new Promotion
                {
                    Number = 0,
                    Kind = decided.Verdict.Promoted ? PromotionKind.Promote : PromotionKind.Refuse,
                    Model = Version,
                    EffectiveAsOf = context.File.AsOf,
                    At = context.Time.GetUtcNow(),
                    Who = decided.Verdict.Forced ? Environment.UserName : Promotion.TrainRun(Version),
                    Why = decided.Verdict.Reason,
                };
            },
            cancel
        );
        context.Changes.Made(
            $"Entry {entry.Number} of the promotions log says that model {Version} is "
                + $"{(entry.Kind == PromotionKind.Promote ? "promoted" : "refused")}."
        );
        return decided!;
    }

    private async Task<Decided> JudgeAsync(IReadOnlyList<Promotion> log, CancellationToken cancel)
    {
        var compared = await CompareAsync(log, cancel);
        var verdict = Gate.Decide(
            new GateCase
            {
                Spec = context.File.Operations.Gate,
                Task = card.Definition.Model.Task,
                Evaluation = card.Evaluation,
                Champion = compared.Champion,
                NoChampionBecause = compared.NoChampionBecause,
                Incomparable = compared.Incomparable,
                Command = PromotionLog.PromoteCommand(context.Run.Pipeline, Version),
            }
        );
        if (!verdict.Promoted && !context.File.IsTrial && context.Get(TrainSettings.Promote) is { } reason)
        {
            verdict = new Verdict
            {
                Promoted = true,
                Forced = true,
                Reason = $"{reason} (The gate had refused it: {verdict.Reason})",
            };
        }

        DemandServable(verdict);
        return new Decided(
            context.File.IsTrial
                ? new Verdict { Promoted = false, Reason = $"A trial never promotes. {verdict.Reason}" }
                : verdict,
            compared
        );
    }

    /// <summary>65 where a model that is to be promoted would answer with a fit that is unlike what was measured. A
    /// trial ends as the run would.</summary>
    private void DemandServable(Verdict verdict)
    {
        if (verdict.Promoted && card.Served?.Problem is { } problem)
        {
            throw Fault.BadData(
                $"Model {Version} is not promoted: {problem}. {ServedFit.Remedy} No decision was written."
            );
        }
    }

    /// <summary>The comparison with the champion of a log, or why there is none.</summary>
    private async Task<Compared> CompareAsync(IReadOnlyList<Promotion> log, CancellationToken cancel)
    {
        if (PromotionLog.ChampionFor(log, context.File.AsOf)?.Model is not { } champion)
        {
            return new Compared(
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no champion as of {context.File.AsOf:yyyy-MM-ddTHH:mm:ssZ}, so "
                        + $"{Gate.Else(card.Evaluation.Baseline is not null)}."
                )
            );
        }

        return _compared.TryGetValue(champion, out var known)
            ? known
            : _compared[champion] = await CompareAsync(champion, cancel);
    }

    private async Task<Compared> CompareAsync(string champion, CancellationToken cancel)
    {
        var package = new Package(context.Run.Store, context.Run.Pipeline, champion);
        var (theirs, _) = await package.ReadCardAsync(cancel);
        if (theirs.ComparableHashNow() != context.File.ComparableHash())
        {
            return new Compared(
                null,
                $"The champion {champion} answers other rows, another label or other features.",
                champion
            );
        }

        var model = await LoadedPackage.LoadMeasuredAsync(package, theirs, cancel);
        var ours = await evaluator();
        context.Progress.Start($"Comparing with the champion {champion}");
        var (comparison, whyNot) = await Task.Run(() => ours.Against(theirs, model), cancel);
        return new Compared(comparison, whyNot);
    }
}

/// <summary>The verdict, and the comparison it rests on.</summary>
internal sealed record Decided(Verdict Verdict, Compared Compared);

/// <summary>The comparison with the champion, or why there is none.</summary>
/// <param name="Incomparable">The champion, where it answers another question.</param>
internal sealed record Compared(ChampionComparison? Champion, string? NoChampionBecause, string? Incomparable = null);
