using System.Buffers.Text;

namespace Trainyard.Datasets;

/// <summary>Reads the forms in which COPY writes dates and times under ISO style and UTC.</summary>
public static class CopyForm
{
    /// <summary><c>2013-01-01</c>.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (
            text.Length != 10
            || text[4] != '-'
            || text[7] != '-'
            || !TryDigits(text[..4], out var year)
            || !TryDigits(text.Slice(5, 2), out var month)
            || !TryDigits(text.Slice(8, 2), out var day)
            || year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
        {
            return false;
        }

        date = new DateTime(year, month, day);
        return true;
    }

    /// <summary><c>2013-01-01 05:00:00</c>, or with up to six digits of a fraction.</summary>
    public static bool TryTimestamp(ReadOnlySpan<byte> text, out DateTime time)
    {
        if (
            text.Length < 19
            || !TryDate(text[..10], out time)
            || text[10] != ' '
            || text[13] != ':'
            || text[16] != ':'
            || !TryDigits(text.Slice(11, 2), out var hour)
            || !TryDigits(text.Slice(14, 2), out var minute)
            || !TryDigits(text.Slice(17, 2), out var second)
            || hour > 23
            || minute > 59
            || second > 59
        )
        {
            time = default;
            return false;
        }

        time = time.AddTicks((((hour * 60L) + minute) * 60 + second) * TimeSpan.TicksPerSecond);
        return text.Length == 19 || (text[19] == '.' && TryFraction(text[20..], ref time));
    }

    private static bool TryFraction(ReadOnlySpan<byte> digits, ref DateTime time)
    {
        if (digits.Length is 0 or > 6 || !TryDigits(digits, out var fraction))
        {
            return false;
        }

        for (var places = digits.Length; places < 7; places++)
        {
            fraction *= 10;
        }

        time = time.AddTicks(fraction);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var used)
        && used == text.Length
        && text[0] is >= (byte)'0' and <= (byte)'9';
}
