using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Trainyard.Datasets;

/// <summary>
/// A row in the making, as PostgreSQL's COPY writes it. PostgreSQL turns to exponents at other magnitudes than .NET
/// does, so
/// floats get their digits from .NET and their layout here.
/// </summary>
public sealed class CopyText
{
    private const long MicrosPerSecond = 1_000_000;
    private const long MicrosPerDay = 86_400 * MicrosPerSecond;
    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public int Length => _length;

    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Room(1)[0] = value;
        _length++;
    }

    public void Boolean(bool value) => Byte(value ? (byte)'t' : (byte)'f');

    public void Integer(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out var written);
        _length += written;
    }

    public void Double(double value)
    {
        if (value == (long)value && Math.Abs(value) < 1e15 && !(value == 0 && double.IsNegative(value)))
        {
            Integer((long)value);
            return;
        }

        if (ShortestDigits.Knows(Math.Abs(value)))
        {
            Decimal(value);
            return;
        }

        // Within these magnitudes both write the same plain digits.
        if (Math.Abs(value) is (>= 1e-4 and < 1e15) or 0)
        {
            value.TryFormat(Room(32), out var written, default, CultureInfo.InvariantCulture);
            _length += written;
            return;
        }

        Exponential(value, value.ToString("R", CultureInfo.InvariantCulture));
    }

    public void Real(float value)
    {
        if (Math.Abs(value) is (>= 1e-4f and < 1e6f) or 0)
        {
            value.TryFormat(Room(32), out var written, default, CultureInfo.InvariantCulture);
            _length += written;
            return;
        }

        Exponential(value, value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Days since 1970.</summary>
    /// <returns>False where the date is infinite or in no year from 1 to 9999.</returns>
    public bool Date(int days)
    {
        var number = days + (long)UnixEpochDay;
        if (number < 0 || number > DateOnly.MaxValue.DayNumber)
        {
            return false;
        }

        var date = DateOnly.FromDayNumber((int)number);
        var room = Room(10);
        Digits(room, 0, (ulong)date.Year, 4);
        room[4] = (byte)'-';
        Digits(room, 5, (ulong)date.Month, 2);
        room[7] = (byte)'-';
        Digits(room, 8, (ulong)date.Day, 2);
        _length += 10;
        return true;
    }

    /// <summary>Microseconds since 1970; with a zone it is UTC.</summary>
    /// <returns>False where the instant is infinite or in no year from 1 to 9999.</returns>
    public bool Timestamp(long micros, bool zone)
    {
        var (days, rest) = Math.DivRem(micros, MicrosPerDay);
        if (rest < 0)
        {
            (days, rest) = (days - 1, rest + MicrosPerDay);
        }

        if (days is < int.MinValue or > int.MaxValue || !Date((int)days))
        {
            return false;
        }

        Byte((byte)' ');
        Time(rest);
        if (zone)
        {
            Ascii("+00");
        }

        return true;
    }

    /// <summary>As <c>intervalstyle = postgres</c> has it: <c>1 year 2 mons -3 days +04:05:06.7</c>.</summary>
    public void Interval(int months, int days, long micros)
    {
        var (start, afterNegative) = (_length, false);
        Unit(months / 12, "year");
        Unit(months % 12, "mon");
        Unit(days, "day");
        if (micros == 0 && _length > start)
        {
            return;
        }

        Ascii(_length > start ? " " : "");
        Ascii(
            micros < 0 ? "-"
            : afterNegative ? "+"
            : ""
        );
        Time(Math.Abs(micros));

        void Unit(int value, string name)
        {
            if (value != 0)
            {
                Ascii(_length > start ? " " : "");
                Ascii(afterNegative && value > 0 ? "+" : "");
                Integer(value);
                Ascii($" {name}{(value == 1 ? "" : "s")}");
                afterNegative = value < 0;
            }
        }
    }

    /// <summary>Text, quoted where CSV needs it; the empty text is <c>""</c>, for null is nothing.</summary>
    public void Text(ReadOnlySpan<byte> utf8, bool isOnlyColumn)
    {
        // Alone on a line, \. would end the data.
        if (utf8.Length > 0 && utf8.IndexOfAny(",\"\r\n"u8) < 0 && !(isOnlyColumn && utf8.SequenceEqual("\\."u8)))
        {
            utf8.CopyTo(Room(utf8.Length));
            _length += utf8.Length;
            return;
        }

        Byte((byte)'"');
        for (var quote = utf8.IndexOf((byte)'"'); quote >= 0; quote = utf8.IndexOf((byte)'"'))
        {
            Raw(utf8[..(quote + 1)]);
            Byte((byte)'"');
            utf8 = utf8[(quote + 1)..];
        }

        Raw(utf8);
        Byte((byte)'"');
    }

    private void Decimal(double value)
    {
        if (value < 0)
        {
            Byte((byte)'-');
        }

        var (digits, decimals) = ShortestDigits.Of(Math.Abs(value));
        var (whole, fraction) = Math.DivRem(digits, ShortestDigits.Tens[decimals]);
        Integer((long)whole);
        var room = Room(1 + decimals);
        room[0] = (byte)'.';
        Digits(room, 1, fraction, decimals);
        _length += 1 + decimals;
    }

    private void Exponential(double value, string shortest)
    {
        if (!double.IsFinite(value))
        {
            Ascii(
                double.IsNaN(value) ? "NaN"
                : value > 0 ? "Infinity"
                : "-Infinity"
            );
            return;
        }

        var text = shortest.AsSpan(value < 0 ? 1 : 0);
        var e = text.IndexOf('E');
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.') is var at and >= 0 ? at : mantissa.Length;
        var digits = mantissa.ToString().Replace(".", "").AsSpan();
        var leading = digits.Length - digits.TrimStart('0').Length;
        var exponent = (e < 0 ? 0 : int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture)) + point - leading - 1;
        digits = digits.Trim('0');

        Ascii(value < 0 ? "-" : "");
        Ascii(digits[..1]);
        Ascii(digits.Length > 1 ? "." : "");
        Ascii(digits[1..]);
        Ascii(exponent < 0 ? "e-" : "e+");
        Ascii(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture));
    }

    private void Time(long micros)
    {
        var (seconds, fraction) = Math.DivRem(micros, MicrosPerSecond);
        var hours = seconds / 3600;
        if (hours < 10)
        {
            Byte((byte)'0');
        }

        Integer(hours);
        var room = Room(13);
        room[0] = (byte)':';
        Digits(room, 1, (ulong)(seconds / 60 % 60), 2);
        room[3] = (byte)':';
        Digits(room, 4, (ulong)(seconds % 60), 2);
        _length += 6;
        if (fraction != 0)
        {
            room[6] = (byte)'.';
            Digits(room, 7, (ulong)fraction, 6);
            _length += 1 + room.Slice(7, 6).TrimEnd((byte)'0').Length;
        }
    }

    private static void Digits(Span<byte> room, int at, ulong value, int count)
    {
        for (var i = at + count - 1; i >= at; i--)
        {
            room[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }

    private void Ascii(ReadOnlySpan<char> text) => _length += Encoding.ASCII.GetBytes(text, Room(text.Length));

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }

        return _bytes.AsSpan(_length);
    }
}
