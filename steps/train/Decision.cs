using System.Globalization;
using Trainyard.Hosting;
using Trainyard.Models.Evaluating;
using Trainyard.Models.Gates;
using Trainyard.Models.Packaging;
using Trainyard.Registry;

namespace Trainyard.Steps.Train;

/// <summary>Asks the gate, and writes what it says into the promotions log: exactly one entry a train run, none for a
/// trial.</summary>
internal sealed class Decision(StepContext context)
{
    private readonly PromotionLog _log = new(context.Run.Store, context.Run.Pipeline);

    private string Version => context.Run.Run;

    public Task<IReadOnlyList<Promotion>> ReadLogAsync(CancellationToken cancel) => _log.ReadAsync(cancel);

    /// <summary>The verdict under a log, the evaluation with the comparison it rests on, and the champion that was
    /// compared.</summary>
    public async Task<(Verdict Verdict, Evaluation Evaluation, string? Champion)> DecideAsync(
        Evaluator evaluator,
        Evaluation evaluation,
        IReadOnlyList<Promotion> log,
        CancellationToken cancel
    )
    {
        var champion = ChampionIn(log);
        string? incomparable = null;
        if (champion is null)
        {
            evaluation = evaluation with
            {
                Champion = null,
                NoChampionBecause = string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no champion as of {context.File.AsOf:yyyy-MM-ddTHH:mm:ssZ}, so the baseline decides."
                ),
            };
        }
        else
        {
            var package = new Package(context.Run.Store, context.Run.Pipeline, champion);
            var (card, _) = await package.ReadCardAsync(cancel);
            if (card.ComparableHash != PackageFiles.ComparableHashOf(context.File))
            {
                incomparable = champion;
                evaluation = evaluation with
                {
                    Champion = null,
                    NoChampionBecause = $"The champion {champion} answers other rows, another label or other features.",
                };
            }
            else
            {
                var model = await LoadedPackage.LoadAsync(package, card, cancel);
                var measured = evaluation;
                evaluation = await Task.Run(() => evaluator.Against(measured, card, model), cancel);
            }
        }

        return (Judge(evaluation, incomparable), evaluation, champion);
    }

    /// <summary>Writes the verdict down, and compares again where somebody else has changed the champion
    /// meanwhile.</summary>
    /// <param name="compared">The champion that the card's verdict rests on.</param>
    /// <param name="evaluator">Null where the package stood already.</param>
    /// <returns>The verdict as it stands in the log; for a trial, that of the card.</returns>
    public async Task<Verdict> WriteAsync(Card card, string? compared, Evaluator? evaluator, CancellationToken cancel)
    {
        if (context.File.IsTrial)
        {
            return card.Verdict;
        }

        var verdict = card.Verdict;
        var entry = await _log.AppendAsync(
            async log =>
            {
                if (
                    log.FirstOrDefault(entry => entry.Model == Version && entry.Kind != PromotionKind.Rollback) is
                    { } standing
                )
                {
                    return standing;
                }

                if (evaluator is not null && ChampionIn(log) != compared)
                {
                    (verdict, _, compared) = await DecideAsync(evaluator, card.Evaluation, log, cancel);
                }

                return new Promotion
                {
                    Number = 0,
                    Kind = verdict.Promoted ? PromotionKind.Promote : PromotionKind.Refuse,
                    Model = Version,
                    EffectiveAsOf = context.File.AsOf,
                    At = context.Time.GetUtcNow(),
                    Who = verdict.Forced ? Environment.UserName : $"train run {Version}",
                    Why = verdict.Reason,
                };
            },
            cancel
        );
        context.Changes.Made(
            $"Entry {entry.Number} of the promotions log says that model {Version} is "
                + $"{(entry.Kind == PromotionKind.Promote ? "promoted" : "refused")}."
        );
        return verdict with { Promoted = entry.Kind == PromotionKind.Promote, Reason = entry.Why };
    }

    private string? ChampionIn(IReadOnlyList<Promotion> log) => PromotionLog.ChampionFor(log, context.File.AsOf)?.Model;

    private Verdict Judge(Evaluation evaluation, string? incomparable)
    {
        var verdict = Gate.Decide(
            new GateCase
            {
                Spec = context.File.Operations.Gate,
                Evaluation = evaluation,
                Incomparable = incomparable,
                Command = $"trainyard promote {context.Run.Pipeline} {Version} --why REASON",
            }
        );
        return context.File.IsTrial
                ? new Verdict { Promoted = false, Reason = $"A trial never promotes. {verdict.Reason}" }
            : !verdict.Promoted && context.Get(TrainSettings.Promote) is { } reason
                ? new Verdict
                {
                    Promoted = true,
                    Forced = true,
                    Reason = $"{reason} (The gate had refused it: {verdict.Reason})",
                }
            : verdict;
    }
}
