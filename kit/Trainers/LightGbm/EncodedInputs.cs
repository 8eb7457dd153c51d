using Trainyard.Learning.Encoding;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Encoded rows as LightGBM and its trees read them.</summary>
internal static class EncodedInputs
{
    /// <param name="places">The rows to read, in the order in which they are read.</param>
    /// <param name="cancel">Obeyed between blocks.</param>
    public static InputColumn[] Of(EncodedRows rows, int[] places, CancellationToken cancel = default) =>
        [
            .. rows.Columns.Select(column =>
                InputColumn.Of(
                    places.Length,
                    (first, values) =>
                    {
                        cancel.ThrowIfCancellationRequested();
                        var some = places.AsSpan(first, values.Length);
                        for (var i = 0; i < values.Length; i++)
                        {
                            values[i] = column[some[i]];
                        }
                    }
                )
            ),
        ];
}
