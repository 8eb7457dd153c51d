namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>Fills a block of a column.</summary>
/// <param name="first">The row of the first value.</param>
/// <param name="values">NaN where one is missing.</param>
internal delegate void BlockReader(int first, Span<double> values);

/// <summary>A column of numbers that is read in blocks; NaN is missing.</summary>
internal sealed class InputColumn
{
    private readonly BlockReader _read;

    private InputColumn(int rows, BlockReader read) => (Rows, _read) = (rows, read);

    public int Rows { get; }

    public static InputColumn Of(double[] values) =>
        new(values.Length, (first, block) => values.AsSpan(first, block.Length).CopyTo(block));

    public static InputColumn Of(float[] values) =>
        new(
            values.Length,
            (first, block) =>
            {
                var some = values.AsSpan(first, block.Length);
                for (var i = 0; i < block.Length; i++)
                {
                    block[i] = some[i];
                }
            }
        );

    public static InputColumn Of(int rows, BlockReader read) => new(rows, read);

    public void Read(int first, Span<double> values) => _read(first, values);
}
