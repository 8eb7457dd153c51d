using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>Numbers as PostgreSQL writes them, and nothing that it does not write: no spaces, no plus, no
/// thousands.</summary>
public static class NumberText
{
    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static readonly double[] Tens =
    [
        1e0,
        1e1,
        1e2,
        1e3,
        1e4,
        1e5,
        1e6,
        1e7,
        1e8,
        1e9,
        1e10,
        1e11,
        1e12,
        1e13,
        1e14,
        1e15,
        1e16,
        1e17,
        1e18,
        1e19,
        1e20,
        1e21,
        1e22,
    ];

    /// <summary>Whether a field as it stands in the file is null: it is empty, or NaN in a column of numbers. Wherever
    /// nulls are counted, this says what is one.</summary>
    public static bool IsNull(ReadOnlySpan<byte> field, ColumnType type) =>
        field.IsEmpty
        || (
            field.Length == 3
            && type is ColumnType.Real or ColumnType.Double or ColumnType.Numeric
            && field.SequenceEqual("NaN"u8)
        );

    /// <summary>Reads a number of a column's type; booleans are 0 and 1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, ColumnType type, out double value)
    {
        switch (type)
        {
            case ColumnType.Integer or ColumnType.BigInt:
                var isInteger =
                    TryInteger(text, out var integer) && (type == ColumnType.BigInt || integer == (int)integer);
                value = integer;
                return isInteger;
            case ColumnType.Boolean:
                value = text is [(byte)'t'] ? 1 : 0;
                return text is [(byte)'t' or (byte)'f'];
            case ColumnType.Real or ColumnType.Double or ColumnType.Numeric:
                return TryDouble(text, out value);
            default:
                throw new InvalidOperationException($"A column of type {type.SqlName()} holds no numbers.");
        }
    }

    internal static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var negative = text is [(byte)'-', ..];
        var digits = negative ? text[1..] : text;
        if (digits.Length is 0 or > 18)
        {
            // Up to 18 digits cannot overflow; the few numbers that may are left to the library.
            return digits.Length > 18
                && digits[0] is >= (byte)'0' and <= (byte)'9'
                && long.TryParse(text, NumberStyles.AllowLeadingSign, null, out value);
        }

        foreach (var digit in digits)
        {
            var number = digit - '0';
            if ((uint)number > 9)
            {
                return false;
            }

            value = (value * 10) + number;
        }

        value = negative ? -value : value;
        return true;
    }

    private static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        var negative = text is [(byte)'-', ..];
        var at = negative ? 1 : 0;
        ulong mantissa = 0;
        int digits = 0,
            decimals = 0;
        var start = at;
        for (; at < text.Length && Digit(text[at]) is var digit and <= 9; at++, digits++)
        {
            mantissa = (mantissa * 10) + digit;
        }

        var whole = at - start;
        if (whole > 0 && at < text.Length && text[at] == '.')
        {
            for (at++; at < text.Length && Digit(text[at]) is var digit and <= 9; at++, digits++, decimals++)
            {
                mantissa = (mantissa * 10) + digit;
            }

            whole = decimals > 0 ? whole : 0;
        }

        if (whole > 0 && at == text.Length && digits <= 19 && mantissa <= 1UL << 53 && decimals < Tens.Length)
        {
            // Both are exact, so that one division rounds correctly (Clinger 1990).
            value = mantissa / Tens[decimals];
            value = negative ? -value : value;
            return true;
        }

        return whole > 0 && IsExponentOrEnd(text[at..])
            ? double.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                null,
                out value
            )
            : TryName(text, out value);
    }

    private static uint Digit(byte character) => (uint)(character - '0');

    private static bool IsExponentOrEnd(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var digits = text is [(byte)'e' or (byte)'E', (byte)'+' or (byte)'-', ..] ? text[2..] : text[1..];
        return text[0] is (byte)'e' or (byte)'E'
            && !digits.IsEmpty
            && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool TryName(ReadOnlySpan<byte> text, out double value)
    {
        value =
            text.SequenceEqual("NaN"u8) ? double.NaN
            : text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }
}
