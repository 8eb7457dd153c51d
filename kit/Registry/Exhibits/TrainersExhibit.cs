namespace Trainyard.Registry;

/// <summary>What each trainer has reached, where one was chosen.</summary>
internal static class TrainersExhibit
{
    public static TableExhibit Of(Card card, IReadOnlyList<TrainerTried> tried)
    {
        var metric = card.Definition.Metric;
        return new()
        {
            Id = "trainers",
            Title = "Which trainer?",
            Caption =
                $"{metric.Title} {SplitCard.HeldIn(tried[0].Folds)} ({(metric.HigherIsBetter ? "more" : "less")} is "
                + "better) of each trainer that was tried. The first stays unless another gains more over it than the "
                + "error of the gain, which is paired by parts of these rows. The holdout had no part in it."
                + (
                    tried.Any(each => each.Rows < tried[0].Rows)
                        ? " All but the first were tried on a sample of the rows."
                        : ""
                ),
            Of = "Trainer",
            Columns =
            [
                new Axis(metric.Title),
                new Axis("Gain"),
                new Axis("Error of the gain"),
                new Axis("Rows learned", Unit.Count),
            ],
            Rows =
            [
                .. tried.Select(each => new TableRow(
                    each.Trainer.Title,
                    [each.Value, metric.Gain(each.Value, tried[0].Value), each.Error, each.Rows],
                    Formats.Count(each.Size, each.Trainer.Unit) + (each.Chosen ? ", chosen" : "")
                )),
            ],
        };
    }
}
