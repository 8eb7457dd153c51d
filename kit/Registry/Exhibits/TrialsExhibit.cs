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
                $"{metric.Title} {TrainersExhibit.Held(card)} ({(metric.HigherIsBetter ? "more" : "less")} is better) "
                + "of each trial, the best first, which was taken; trial 1 is what the spec says without tune. "
                + "What was chosen by these rows may look better on them than it is; the holdout had no part in it.",
            Wide = true,
            Of = "Trial",
            Columns = [new Axis(metric.Title), .. keys.Select(AxisOf), new Axis("Seconds")],
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
        return new Fact("Tuning", $"trial {chosen.Number} of {trials.Count}")
        {
            Section = Sections.Model,
            Note =
                chosen == first
                    ? "None was better than the options without tune."
                    : $"{card.Definition.Metric.Title} {TrainersExhibit.Held(card)} is "
                        + $"{Formats.Metric(chosen.Result.Value)}, against "
                        + $"{Formats.Metric(first.Result.Value)} without tune.",
        };
    }
}
