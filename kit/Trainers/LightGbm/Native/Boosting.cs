namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>Fits a model: round by round, until more rounds no longer help.</summary>
internal static class Boosting
{
    /// <param name="validation">In the bins of <paramref name="training"/>; decides how many rounds are kept.</param>
    /// <param name="progress">Hears of each round.</param>
    /// <param name="cancel">Obeyed between rounds.</param>
    public static BoostedModel Fit(
        NativeDataset training,
        NativeDataset? validation,
        BoostingOptions options,
        Action<BoostingRound>? progress = null,
        CancellationToken cancel = default
    )
    {
        using var booster = NativeBooster.Create(training, options);
        if (validation is not null)
        {
            booster.AddValidation(validation);
        }

        BoostingRound? best = null;
        var measured = new List<BoostingRound>();
        for (var asked = 0; asked < options.Rounds; asked++)
        {
            cancel.ThrowIfCancellationRequested();
            var hasGrown = booster.Grow();
            var round = new BoostingRound(booster.Rounds, validation is null ? null : booster.Measure());
            if (!hasGrown && measured.Count > 0)
            {
                break;
            }

            measured.Add(round);
            progress?.Invoke(round);
            if (best is null || IsBetter(round.Metric, best.Metric, options.IsHigherBetter))
            {
                best = round;
            }

            if (!hasGrown || (options.EarlyStopping > 0 && round.Rounds - best.Rounds >= options.EarlyStopping))
            {
                break;
            }
        }

        // Without a metric all rounds are as good as each other.
        var kept = best?.Metric is null ? booster.Rounds : best.Rounds;
        return new BoostedModel(booster.ToText(kept), kept, best?.Metric, measured);
    }

    private static bool IsBetter(double? metric, double? best, bool isHigherBetter) =>
        metric is { } value
        && !double.IsNaN(value)
        && (best is null || double.IsNaN(best.Value) || (isHigherBetter ? value > best : value < best));
}

/// <summary>A round, and the metric on the validation rows after it.</summary>
internal sealed record BoostingRound(int Rounds, double? Metric);

/// <param name="Text">LightGBM's own, of the rounds that are kept.</param>
/// <param name="Rounds">How many those are.</param>
/// <param name="Metric">On the validation rows, after them.</param>
internal sealed record BoostedModel(string Text, int Rounds, double? Metric, IReadOnlyList<BoostingRound> Measured);
