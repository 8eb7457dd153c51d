using Trainyard.Pipelines;

namespace Trainyard.Learning.Live;

/// <summary>What a model has published, by the names that its task has for columns.</summary>
/// <param name="Columns">Those in which it answers.</param>
/// <param name="Key">That of the table.</param>
/// <param name="Fields">Of all models.</param>
/// <param name="Rows">Those of this one.</param>
public sealed record PublishedFields(
    IReadOnlyList<TaskColumn> Columns,
    IReadOnlyList<string> Key,
    LiveFields Fields,
    IReadOnlyList<int> Rows
)
{
    public double[] Numbers(string column) => Fields.NumbersOf(NameOf(column), Rows);

    public (int[] Codes, IReadOnlyList<string> Names) Texts(string column) => Fields.TextsOf(NameOf(column), Rows);

    /// <summary>All numbers, side by side, in the order of the columns.</summary>
    public Scoring.Scores AllNumbers()
    {
        double[][] columns =
        [
            .. Columns.Where(column => column.Type == ColumnType.Double).Select(column => Numbers(column.Name)),
        ];
        var values = new double[Rows.Count * columns.Length];
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                values[(row * columns.Length) + i] = columns[i][row];
            }
        }

        return new Scoring.Scores(values, columns.Length);
    }

    private string NameOf(string column) => PredictionNames.NameIn(Columns.Single(each => each.Name == column), Key);
}
