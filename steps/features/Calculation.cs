using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>An arithmetic expression over the row.</summary>
internal sealed class Calculation(DatasetReader reader, NumberExpression expression, int[] inputs) : Computation
{
    private readonly double[] _values = new double[inputs.Length];

    public override void Write(Cell cell)
    {
        for (var at = 0; at < inputs.Length; at++)
        {
            _values[at] = reader.Number(inputs[at]);
        }

        cell.Number(expression.Evaluate(_values));
    }
}
