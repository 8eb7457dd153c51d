namespace Trainyard.Learning.Exporting;

/// <summary>Values that a graph knows from the start.</summary>
/// <param name="Values">double, float, long, string, bool or byte, as the type says.</param>
/// <param name="Dimensions">Their shape; none where it is a single value.</param>
public sealed record GraphTensor(GraphType Type, Array Values, IReadOnlyList<long> Dimensions)
{
    public static GraphTensor Of(params double[] values) => new(GraphType.Number, values, [values.Length]);

    public static GraphTensor Of(params string[] values) => new(GraphType.Text, values, [values.Length]);
}
