using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>Which class a row is answered with: the likeliest, or under costs the one whose cost is least by the
/// probabilities; of equal ones the first.</summary>
internal sealed class Choice
{
    private readonly double[]? _costs;
    private readonly int _classes;

    public Choice(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? costs,
        IReadOnlyList<string> classes
    )
    {
        _classes = classes.Count;
        if (costs is null)
        {
            return;
        }

        var table = new CostTable(costs, classes);
        _costs =
        [
            .. Enumerable
                .Range(0, _classes)
                .SelectMany(answer => Enumerable.Range(0, _classes).Select(label => table.Of(label, answer))),
        ];
    }

    public int[] Of(Scores probabilities)
    {
        var chosen = new int[probabilities.Rows];
        var gains = new double[_classes];
        for (var row = 0; row < chosen.Length; row++)
        {
            var ofRow = probabilities.Row(row);
            chosen[row] = Greatest(_costs is null ? ofRow : Spared(ofRow, gains));
        }

        return chosen;
    }

    /// <summary>The same in a graph.</summary>
    public GraphValue Of(GraphValue probabilities)
    {
        if (_costs is null)
        {
            return probabilities.PlaceOfGreatest();
        }

        // A line a class, and in it what each answer spares.
        var spared = new double[_costs.Length];
        for (var i = 0; i < spared.Length; i++)
        {
            spared[i] = -_costs[(i % _classes * _classes) + (i / _classes)];
        }

        return probabilities.Times(new GraphTensor(GraphType.Number, spared, [_classes, _classes])).PlaceOfGreatest();
    }

    /// <summary>What is to be expected of each answer, less its sign.</summary>
    private ReadOnlySpan<double> Spared(ReadOnlySpan<double> probabilities, double[] gains)
    {
        for (var answer = 0; answer < _classes; answer++)
        {
            var cost = 0.0;
            for (var label = 0; label < _classes; label++)
            {
                cost += probabilities[label] * _costs![(answer * _classes) + label];
            }

            gains[answer] = -cost;
        }

        return gains;
    }

    private static int Greatest(ReadOnlySpan<double> values)
    {
        var greatest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            greatest = values[i] > values[greatest] ? i : greatest;
        }

        return greatest;
    }
}
