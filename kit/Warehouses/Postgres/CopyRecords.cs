using System.Diagnostics;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>
/// Finds records and fields in the CSV that COPY sends, without copying or decoding it. Records end at a line feed
/// outside
/// quotes; the ends of fields are only looked for when somebody asks.
/// </summary>
internal sealed class CopyRecords(Stream source, int columns, string file)
{
    /// <summary>As long a record as the datasets' reader takes.</summary>
    private const int LongestRecord = 64 << 20;

    /// <summary>A read that took longer had to wait for the server.</summary>
    private static readonly TimeSpan Waited = TimeSpan.FromMicroseconds(20);

    private readonly int[] _ends = new int[columns];
    private byte[] _buffer = new byte[1 << 17];
    private int _filled;
    private int _start;
    private int _length;
    private int _known;

    /// <summary>The current record with its line feed.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(_start, _length);

    public bool Read()
    {
        _start += _length;
        (_length, _known) = (0, 0);
        var (at, quoted) = (_start, false);
        while (true)
        {
            while (Next(at, quoted) is >= 0 and var found)
            {
                at = found + 1;
                if (_buffer[found] == '\n')
                {
                    _length = at - _start;
                    return true;
                }

                // A quote within quotes is written twice, and so ends and begins them at once.
                quoted = !quoted;
            }

            at = _filled - _start;
            if (!Fill())
            {
                return _filled == _start
                    ? false
                    : throw Fault.BadData($"{file}: the rows end in the middle of one. Nothing was changed.");
            }

            at += _start;
        }
    }

    /// <summary>A field of the current record, quotes and all.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        for (; _known <= column; _known++)
        {
            _ends[_known] = EndFrom(_known == 0 ? 0 : _ends[_known - 1] + 1);
        }

        var start = column == 0 ? 0 : _ends[column - 1] + 1;
        return _buffer.AsSpan(_start + start, _ends[column] - start);
    }

    private int Next(int from, bool quoted)
    {
        var rest = _buffer.AsSpan(from, _filled - from);
        var found = quoted ? rest.IndexOf((byte)'"') : rest.IndexOfAny((byte)'\n', (byte)'"');
        return found < 0 ? -1 : from + found;
    }

    private int EndFrom(int at)
    {
        var record = Record;
        for (var quoted = false; ; at++)
        {
            var rest = record[at..];
            var found = quoted ? rest.IndexOf((byte)'"') : rest.IndexOfAny((byte)',', (byte)'"', (byte)'\n');
            at += found;
            if (record[at] != '"')
            {
                return at;
            }

            quoted = !quoted;
        }
    }

    /// <summary>Reads on behind what is there, which moves to the front, or into a larger buffer, only when there is
    /// no room behind it.</summary>
    private bool Fill()
    {
        if (_start == _filled)
        {
            (_start, _filled) = (0, 0);
        }
        else if (_filled == _buffer.Length && _start > 0)
        {
            _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
            (_start, _filled) = (0, _filled - _start);
        }
        else if (_filled == _buffer.Length)
        {
            if (_buffer.Length >= LongestRecord)
            {
                throw Fault.BadData(
                    $"{file}: a row is longer than {LongestRecord >> 20} MB, which no later step can read. "
                        + "Nothing was changed."
                );
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var asked = Stopwatch.GetTimestamp();
        var read = source.Read(_buffer.AsSpan(_filled));
        _filled += read;
        if (Stopwatch.GetElapsedTime(asked) > Waited)
        {
            // The server sends 8 kB at a time. Waking for each costs a fifth of the step's processor time; a
            // millisecond later there are six.
            Thread.Sleep(1);
        }

        return read > 0;
    }
}
