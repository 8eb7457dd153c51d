namespace Trainyard.Registry;

/// <summary>What options have reached on validation, where a spec has them searched.</summary>
internal static class TrialsExhibit
{
    public static TableExhibit Of(Card card, IReadOnlyList<Trial> trials)
    {
        var metric = card.Definition.Metric;
        string[] keys = [.. trials.SelectMany(trial => trial.Options.Keys).Distinct()];
        return new()
        {
            Id = "trials",
            Title = "Which options?",
            Caption =
                $"{metric.Title} {card.Split.Held} ({(metric.HigherIsBetter ? "more" : "less")} is better) "
                + "of each trial, that which was taken first; trial 1 is what the spec says without tune. Another is "
                + "taken where it gains more than the best of as many would that are all alike, by the errors of "
                + "gains, paired by parts of these rows. The holdout had no part in it.",
            Wide = true,
            Of = "Trial",
            Columns =
            [
                new Axis(metric.Title),
                new Axis("Gain"),
                new Axis("Error of the gain"),
                .. keys.Select(AxisOf),
                new Axis("Seconds"),
            ],
            Rows =
            [
                .. trials
                    .OrderBy(trial => !trial.Chosen)
                    .ThenBy(trial =>
                        trial.Result.Value is { } value ? (metric.HigherIsBetter ? -1 : 1) * value : double.MaxValue
                    )
                    .Select(trial => new TableRow(
                        Formats.Count(trial.Number),
                        [
                            trial.Result.Value,
                            metric.Gain(trial.Result.Value, trials[0].Result.Value),
                            trial.Error,
                            .. keys.Select(key =>
                                trial.Options.TryGetValue(key, out var value) ? value : (double?)null
                            ),
                            trial.Result.Seconds,
                        ],
                        Formats.Count(trial.Result.Size, card.Learned.Model.Trainer.Unit)
                            + (trial.Chosen ? ", chosen" : "")
                    )),
            ],
        };

        Axis AxisOf(string key) =>
            new(
                key,
                trials.All(trial => !trial.Options.TryGetValue(key, out var value) || double.IsInteger(value))
                    ? Unit.Count
                    : Unit.Number
            );
    }

    public static Fact FactOf(Card card, IReadOnlyList<Trial> trials)
    {
        var (chosen, first) = (trials.Single(trial => trial.Chosen), trials[0]);
        return new Fact("Tuning", Trial.Chose(trials))
        {
            Section = Sections.Model,
            Note =
                chosen == first
                    ? $"The options are those without tune: {Trial.WhyFirst(trials)}."
                    : $"{card.Definition.Metric.Title} {card.Split.Held} is "
                        + $"{Formats.Metric(chosen.Result.Value)}, against "
                        + $"{Formats.Metric(first.Result.Value)} without tune.",
        };
    }
}
