using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>An input of a file, and the columns whose values it gets side by side.</summary>
/// <param name="places">Of the columns among those of encoded rows.</param>
/// <param name="columns">Their names.</param>
internal sealed class OnnxInput(string name, NodeMetadata field, int[] places, string[] columns)
{
    /// <summary>Each number beyond is no integer of 64 bits.</summary>
    private const double TooGreat = 9223372036854775808.0;

    public string Name => name;

    public OrtValue Make(EncodedRows rows, ReadOnlySpan<int> order) =>
        field.ElementDataType switch
        {
            TensorElementType.Float => Make(
                rows,
                order,
                (own, encoded, column) => (float)NumberOf(own, encoded, column)
            ),
            TensorElementType.Double => Make(rows, order, NumberOf),
            TensorElementType.Int64 => Make(rows, order, WholeOf),
            TensorElementType.Int32 => Make(rows, order, SmallOf),
            TensorElementType.Bool => Make(rows, order, FlagOf),
            _ => MakeTexts(rows, order),
        };

    private OrtValue Make<T>(EncodedRows rows, ReadOnlySpan<int> order, Func<AsIs, float, string, T> valueOf)
        where T : unmanaged
    {
        var values = new T[order.Length * places.Length];
        for (var place = 0; place < places.Length; place++)
        {
            var (encoded, own, column) = (rows.Columns[places[place]], rows.Values[places[place]]!, columns[place]);
            for (var row = 0; row < order.Length; row++)
            {
                values[(row * places.Length) + place] = valueOf(own, encoded[order[row]], column);
            }
        }

        return OrtValue.CreateTensorValueFromMemory(values, ShapeOf(order.Length));
    }

    private OrtValue MakeTexts(EncodedRows rows, ReadOnlySpan<int> order)
    {
        var (encoded, own) = (rows.Columns[places[0]], rows.Values[places[0]]!);
        var made = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, ShapeOf(order.Length));
        for (var row = 0; row < order.Length; row++)
        {
            if (own.LevelOf(encoded[order[row]]) is { } level)
            {
                made.StringTensorSetElementAt(level, row);
            }
        }

        return made;
    }

    private long[] ShapeOf(int rows) => field.Dimensions.Length == 1 ? [rows] : [rows, places.Length];

    private static double NumberOf(AsIs own, float encoded, string column) =>
        own.Levels is null ? own.NumberOf(encoded)
        : own.LevelOf(encoded) is not { } level ? double.NaN
        : level switch
        {
            "t" or "true" => 1,
            "f" or "false" => 0,
            _ => double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Misfit(column, "numbers", "a level that is none"),
        };

    /// <summary>Of a level by its text: 64 bits of a number do not hold all integers.</summary>
    private static long WholeOf(AsIs own, float encoded, string column)
    {
        if (
            own.Levels is not null
            && long.TryParse(
                own.LevelOf(encoded),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var whole
            )
        )
        {
            return whole;
        }

        var number = NumberOf(own, encoded, column);
        return double.IsNaN(number) ? throw Misfit(column, "integers", "a null")
            : Math.Floor(number) != number || Math.Abs(number) >= TooGreat
                ? throw Misfit(column, "integers", "a number that is none")
            : (long)number;
    }

    private static int SmallOf(AsIs own, float encoded, string column) =>
        WholeOf(own, encoded, column) is >= int.MinValue and <= int.MaxValue and var number
            ? (int)number
            : throw Misfit(column, "integers of 32 bits", "a greater one");

    private static bool FlagOf(AsIs own, float encoded, string column) =>
        NumberOf(own, encoded, column) switch
        {
            0 => false,
            1 => true,
            double.NaN => throw Misfit(column, "booleans", "a null"),
            _ => throw Misfit(column, "booleans", "a number other than 0 and 1"),
        };

    private static Fault Misfit(string column, string takes, string has) =>
        Fault.BadData(
            $"The model takes {takes} in '{column}', and a row has {has} there. Mend the query (coalesce, a cast, or "
                + "leave such rows out), or make the model anew. Nothing was changed."
        );
}
