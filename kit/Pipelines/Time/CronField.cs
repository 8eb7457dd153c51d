using System.Globalization;

namespace Trainyard.Pipelines;

/// <summary>One field of a cron expression: the values at which it fires.</summary>
internal sealed class CronField
{
    private readonly Kind _kind;
    private readonly string _text;
    private ulong _values;

    private CronField(Kind kind, string text) => (_kind, _text) = (kind, text);

    /// <summary>Whether it says nothing: <c>*</c> or <c>?</c>.</summary>
    public bool IsStar => _text is "*" or "?";

    /// <summary>Whether every value is named, by a star or one by one.</summary>
    public bool IsEvery => Enumerable.Range(_kind.Least, _kind.Count).All(Has);

    public bool HasStar => _text.Contains('*', StringComparison.Ordinal);

    public IEnumerable<int> Values => Enumerable.Range(_kind.Least, _kind.Count).Where(Has);

    public bool Has(int value) => (_values >> value & 1) != 0;

    public static CronField Minute(string text) => Parse(new("minute", 0, 59), text);

    public static CronField Hour(string text) => Parse(new("hour", 0, 23), text);

    public static CronField DayOfMonth(string text) => Parse(new("day of month", 1, 31), text);

    public static CronField Month(string text) =>
        Parse(
            new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
            text
        );

    public static CronField DayOfWeek(string text) =>
        Parse(new("day of week", 0, 6, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), text);

    private static CronField Parse(Kind kind, string text)
    {
        var field = new CronField(kind, text);
        if (text == "?" && kind.IsDay)
        {
            field.Add(kind.Least, kind.Most, 1);
            return field;
        }

        var items = text.Split(',');
        foreach (var item in items)
        {
            if (item == "*" && items.Length > 1)
            {
                throw new FormatException($"'{text}' is every {kind.Name} already; write * alone");
            }

            field.Add(item);
        }

        return field;
    }

    private void Add(string item)
    {
        var parts = item.Split('/');
        var step = parts.Length == 2 ? StepOf(item, parts[1]) : 1;
        if (parts.Length > 2)
        {
            throw Unreadable(item);
        }

        if (parts[0] == "*")
        {
            Add(_kind.Least, _kind.Most, step);
            return;
        }

        var ends = parts[0].Split('-');
        var low = ValueOf(item, ends[0]);
        switch (ends.Length)
        {
            case 1:
                Add(_kind.Wrap(low), parts.Length == 1 ? _kind.Wrap(low) : _kind.Most, step);
                break;
            case 2 when ValueOf(item, ends[1]) is var high && high != low:
                AddRange(item, _kind.Wrap(low), high == 0 ? _kind.Highest : high, step);
                break;
            case 2:
                throw new FormatException(
                    $"'{item}' is one {_kind.Name} to cron and every one to Airflow; write {ends[0]} or *"
                );
            default:
                throw Unreadable(item);
        }
    }

    private void AddRange(string item, int low, int high, int step)
    {
        if (low <= high)
        {
            Add(low, high, step);
        }
        else if (step == 1)
        {
            Add(low, _kind.Most, 1);
            Add(_kind.Least, high, 1);
        }
        else
        {
            throw new FormatException(
                $"'{item}' goes on in steps past the last {_kind.Name}, which not all count alike; write its values out"
            );
        }
    }

    private void Add(int low, int high, int step)
    {
        for (var value = low; value <= high; value += step)
        {
            _values |= 1UL << _kind.Wrap(value);
        }
    }

    private int ValueOf(string item, string text)
    {
        if (
            Array.FindIndex(_kind.Words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase))
            is >= 0
                and var at
        )
        {
            return at + _kind.Least;
        }

        return Number(text) is { } value && value >= _kind.Least && value <= _kind.Highest
            ? value
            : throw Unreadable(item);
    }

    private static int StepOf(string item, string text) =>
        Number(text) is > 0 and var step
            ? step
            : throw new FormatException($"the step of '{item}' is no number from 1 to 9999");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 10_000
            ? number
            : null;

    private FormatException Unreadable(string item) =>
        new(
            $"'{item}' is no {_kind.Name}, which is {_kind.Least} to {_kind.Highest}"
                + (_kind.Words is [var first, .., var last] ? $" or {first} to {last}" : "")
                + ", a range (1-5), a step (*/2) or a list of those (1,3)"
                + (_kind.IsDay ? "; L, W and # are not read by every scheduler" : "")
        );

    /// <summary>Sunday is 0 and 7.</summary>
    private sealed record Kind(string Name, int Least, int Most, params string[] Words)
    {
        public int Count => Most - Least + 1;

        public bool IsDay => Name.StartsWith("day", StringComparison.Ordinal);

        public int Highest => Most == 6 ? 7 : Most;

        public int Wrap(int value) => Most == 6 && value == 7 ? 0 : value;
    }
}
