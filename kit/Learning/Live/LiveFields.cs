using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Live;

/// <summary>What was published for some rows, column by column: numbers as they are, and texts by the codes of their
/// names. Columns of other types say nothing that these do not.</summary>
public sealed class LiveFields
{
    private readonly Dictionary<string, Numbers> _numbers = [];
    private readonly Dictionary<string, LiveTexts> _texts = [];
    private readonly Action<IReadOnlyList<string>>[] _add;

    /// <param name="columns">Of the table of predictions, in which the task answers.</param>
    public LiveFields(IReadOnlyList<Column> columns)
    {
        var add = new List<Action<IReadOnlyList<string>>>();
        foreach (var (place, column) in columns.Index())
        {
            if (column.Type == ColumnType.Double)
            {
                var numbers = _numbers[column.Name] = new Numbers();
                add.Add(fields => numbers.Add(fields[place]));
            }
            else if (column.Type == ColumnType.Text)
            {
                var texts = _texts[column.Name] = new LiveTexts();
                add.Add(fields => texts.Add(fields[place]));
            }
        }

        _add = [.. add];
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>What was published beside them.</summary>
    public LiveShares Beside { get; } = new();

    /// <summary>The next row.</summary>
    /// <param name="fields">In the order of the columns, as a dataset has them; empty where null.</param>
    /// <param name="beside">In the task's table beside that of predictions: a number a name.</param>
    public void Add(IReadOnlyList<string> fields, IEnumerable<KeyValuePair<string, double>> beside)
    {
        Beside.Add(beside);
        foreach (var add in _add)
        {
            add(fields);
        }

        Rows++;
    }

    /// <summary>The numbers of a column; 65 where a row has none.</summary>
    /// <param name="rows">Those that are wanted.</param>
    public double[] NumbersOf(string name, IReadOnlyList<int> rows)
    {
        var values = _numbers[name].Values;
        double[] wanted = [.. rows.Select(row => values[row])];
        return Array.TrueForAll(wanted, double.IsFinite)
            ? wanted
            : throw Fault.BadData(
                $"A prediction that was published has no number in '{name}', so it cannot be measured. Nothing was "
                    + "changed."
            );
    }

    /// <summary>The codes of a column's texts, and what each stands for.</summary>
    /// <param name="rows">Those that are wanted.</param>
    public (int[] Codes, IReadOnlyList<string> Names) TextsOf(string name, IReadOnlyList<int> rows)
    {
        var texts = _texts[name];
        return ([.. rows.Select(row => texts.Codes[row])], texts.Names);
    }

    private sealed class Numbers
    {
        public List<double> Values { get; } = [];

        public void Add(string field) =>
            Values.Add(
                double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : double.NaN
            );
    }
}
