namespace Trainyard.Registry;

/// <summary>What each trainer has reached on validation, where that chose one.</summary>
internal static class TrainersExhibit
{
    /// <summary>Where trainers were held against rows that they had not learned.</summary>
    public static string Held(Card card) => card.Split.Folds is null ? "on validation" : "in folds";

    public static TableExhibit Of(Card card, IReadOnlyList<TrainerTried> tried)
    {
        var metric = card.Definition.Metric;
        return new()
        {
            Id = "trainers",
            Title = "Which trainer?",
            Caption =
                $"{metric.Title} {Held(card)} ({(metric.HigherIsBetter ? "more" : "less")} is better) of each trainer "
                + "that was tried; the best was taken. The holdout had no part in it."
                + (
                    tried.Any(each => each.Rows < tried[0].Rows)
                        ? " All but the first were tried on a sample of the rows."
                        : ""
                ),
            Of = "Trainer",
            Columns = [new Axis(metric.Title), new Axis("Rows learned", Unit.Count)],
            Rows =
            [
                .. tried.Select(each => new TableRow(
                    each.Trainer.Title,
                    [each.Value, each.Rows],
                    Formats.Count(each.Size, each.Trainer.Unit) + (each.Chosen ? ", chosen" : "")
                )),
            ],
        };
    }
}
