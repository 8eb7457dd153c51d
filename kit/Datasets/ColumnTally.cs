using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>What one column of one part holds, and after merging, of all parts.</summary>
/// <param name="isText">Whether it is profiled by the lengths of its texts, and what they say is kept
/// nowhere.</param>
internal sealed class ColumnTally(Column column, bool isText)
{
    private const int TopOfTexts = 100;
    private const int TopOfOthers = 20;
    private const double SecondsPerDay = 86_400;

    private readonly NumberCounts _numbers = new();
    private readonly TextCounts _texts = new();
    private readonly ValueSample _sample = new();
    private long _nulls;
    private long _values;
    private double _least;
    private double _greatest;

    /// <summary>The sum of the values; sums of parts are added in the order of the parts, as addition rounds.</summary>
    public double Sum { get; private set; }

    public void Null() => _nulls++;

    public void Text(ReadOnlySpan<byte> text, ulong hash)
    {
        _texts.Add(text);
        if (isText)
        {
            Measure(TextLength.Of(text), hash);
        }
        else
        {
            _values++;
        }
    }

    public void Number(double value, ulong hash)
    {
        if (double.IsNaN(value))
        {
            _nulls++;
            return;
        }

        Measure(value, hash);
        _numbers.Add(value);
    }

    public void Merge(ColumnTally other)
    {
        if (other._values > 0)
        {
            (_least, _greatest) =
                _values == 0
                    ? (other._least, other._greatest)
                    : (Math.Min(_least, other._least), Math.Max(_greatest, other._greatest));
        }

        _nulls += other._nulls;
        _values += other._values;
        _sample.Merge(other._sample);
        _texts.Merge(other._texts);
        _numbers.Merge(other._numbers);
    }

    /// <summary>Begins anew, as a part of a whole.</summary>
    public void Begin(ColumnTally whole)
    {
        (_nulls, _values, Sum) = (0, 0, 0);
        _numbers.Begin(whole._numbers);
        _texts.Begin(whole._texts);
        _sample.Begin(whole._sample);
    }

    /// <param name="sum">The sum over all parts.</param>
    public ColumnProfile ToProfile(double sum)
    {
        var isOrdered =
            column.Type.IsNumber() || column.Type is ColumnType.Date or ColumnType.Timestamp or ColumnType.TimestampTz;
        var mean = sum / _values;
        return new ColumnProfile
        {
            Name = column.Name,
            Type = column.Type,
            Count = _nulls + _values,
            Nulls = _nulls,
            Distinct =
                !isOrdered ? DistinctTexts
                : _numbers.IsExact ? _numbers.Distinct
                : ColumnProfile.DistinctLimit,
            DistinctIsExact = isOrdered ? _numbers.IsExact : _texts.IsExact,
            Quantiles = (isOrdered || isText) && _values > 0 ? Quantiles() : null,
            Mean = (column.Type.IsNumber() || isText) && double.IsFinite(mean) ? mean : null,
            Top =
                isText ? []
                : isOrdered ? TopNumbers()
                : _texts.Top(TopOfTexts),
        };
    }

    private void Measure(double value, ulong hash)
    {
        (_least, _greatest) = _values == 0 ? (value, value) : (Math.Min(_least, value), Math.Max(_greatest, value));
        _values++;
        Sum += value;
        _sample.Add(hash, value);
    }

    private long DistinctTexts => _texts.IsExact ? _texts.Distinct : ColumnProfile.DistinctLimit;

    private double[] Quantiles()
    {
        var sorted = _sample.Sorted();
        return
        [
            .. ColumnProfile.QuantileAt.Select(at =>
                at switch
                {
                    0 => _least,
                    1 => _greatest,
                    _ => Between(sorted, at * (sorted.Length - 1)),
                }
            ),
        ];
    }

    private static double Between(double[] sorted, double position)
    {
        var (below, above) = (sorted[(int)position], sorted[(int)Math.Ceiling(position)]);
        // Also where both are infinite, whose difference is no number.
        return below == above ? below : below + ((above - below) * (position - Math.Floor(position)));
    }

    private List<ValueCount> TopNumbers() =>
        [
            .. _numbers
                .Entries.OrderByDescending(entry => entry.Count)
                .ThenBy(entry => entry.Value)
                .Take(TopOfOthers)
                .Select(entry => new ValueCount(Name(entry.Value), entry.Count)),
        ];

    private string Name(double value)
    {
        if (column.Type == ColumnType.Boolean)
        {
            return value == 0 ? "f" : "t";
        }

        var text = new CopyText();
        switch (column.Type)
        {
            case ColumnType.Date:
                text.Date((int)Math.Floor(value / SecondsPerDay));
                break;
            case ColumnType.Timestamp or ColumnType.TimestampTz:
                text.Timestamp((long)Math.Round(value * 1e6), zone: column.Type == ColumnType.TimestampTz);
                break;
            default:
                text.Double(value);
                break;
        }

        return Encoding.UTF8.GetString(text.Bytes);
    }
}
