namespace Trainyard.Registry;

/// <summary>What the metric loses where a column says nothing.</summary>
internal static class ImportancesExhibit
{
    public static BarsExhibit Of(IReadOnlyList<Importance> importances, string metric) =>
        new()
        {
            Id = "importances",
            Section = Sections.Inputs,
            Title = "Importance of each column",
            Caption =
                $"By how much {metric} gets worse on the holdout when a column is shuffled, so that the model cannot "
                + $"use it. The thin line is the spread over repetitions.{Unanswered(importances)}",
            Of = "Column",
            Value = new Axis("Loss"),
            Bars =
            [
                .. importances
                    .Where(each => !double.IsNaN(each.Drop))
                    .Select(each => new NamedBar(each.Feature, each.Drop, each.Spread)),
            ],
        };

    /// <summary>Shuffling makes rows that there are not, and a model need not have an answer to them.</summary>
    private static string Unanswered(IReadOnlyList<Importance> importances)
    {
        var rows = importances.Sum(each => each.Unanswered);
        var columns = string.Join(
            ", ",
            importances.Where(each => double.IsNaN(each.Drop)).Select(each => $"'{each.Feature}'")
        );
        return rows == 0
            ? ""
            : $" To {Formats.Count(rows, "row")} that shuffling made the model has no answer, so they are left out"
                + (columns.Length == 0 ? "." : $", and with them {columns}, of which too few are left.");
    }
}
