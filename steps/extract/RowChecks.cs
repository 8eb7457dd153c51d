using System.Globalization;
using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Extract;

/// <summary>
/// What must hold for every row, checked while it passes: no null in key or cutoff, no (key, cutoff) twice, no row
/// outside the window, no infinite label. Rows come ordered by cutoff and key, so equal ones are adjacent.
/// </summary>
internal sealed class RowChecks
{
    private const int LongestShown = 40;

    private readonly string _file;
    private readonly IReadOnlyList<Column> _columns;
    private readonly int[] _identity;
    private readonly int _cutoff;
    private readonly int _label;
    private readonly Window? _window;
    private readonly SplitBounds? _bounds;
    private readonly List<byte> _previous = [];
    private readonly List<byte> _previousCutoff = [];

    public RowChecks(RunPlan plan, IReadOnlyList<Column> columns)
    {
        var rows = plan.Definition.Rows;
        var names = columns.Select(column => column.Name).ToList();
        _file = plan.SqlFile;
        _columns = columns;
        _window = plan.Window;
        _cutoff = rows.Cutoff is { } cutoff ? names.IndexOf(cutoff) : -1;
        _label = plan.Definition.Label is { } label ? names.IndexOf(label.Column) : -1;
        _identity = [.. rows.Key.Select(key => names.IndexOf(key)), .. _cutoff < 0 ? [] : new[] { _cutoff }];
        _bounds =
            plan.Shape.Purpose == StepName.Train
            && plan.Definition.Model.Split.By != SplitBy.Key
            && plan.Window is { } window
                ? SplitBounds.Of(plan.Definition, window.To)
                : null;
    }

    public long Rows { get; private set; }

    public DateTimeOffset? FirstCutoff { get; private set; }

    public DateTimeOffset? LastCutoff { get; private set; }

    /// <summary>Rows by the part of the split that they fall into; empty where the split is not in time.</summary>
    public SortedDictionary<SplitPart, long> RowsByPart { get; } = [];

    public long NullLabels { get; private set; }

    public long NullLabelsInHoldout { get; private set; }

    /// <summary>Checks the current row and counts it.</summary>
    public void Take(RowStream row)
    {
        Rows++;
        foreach (var column in _identity)
        {
            if (row.Field(column).IsEmpty)
            {
                throw Broken(
                    row,
                    $"has no value in '{_columns[column].Name}', which "
                        + $"{(column == _cutoff ? "is the cutoff" : "belongs to the key")}. Leave such rows out of "
                        + "the query."
                );
            }
        }

        var part = _cutoff < 0 ? null : TakeCutoff(row);
        DemandUnique(row);
        var isUnlabelled = _label >= 0 && TakeLabel(row);
        NullLabels += isUnlabelled ? 1 : 0;
        if (part is { } known)
        {
            RowsByPart[known] = RowsByPart.GetValueOrDefault(known) + 1;
            NullLabelsInHoldout += isUnlabelled && known == SplitPart.Holdout ? 1 : 0;
        }
    }

    /// <summary>Whether the label is null.</summary>
    private bool TakeLabel(RowStream row)
    {
        var field = row.Field(_label);
        var column = _columns[_label];
        if (NumberText.IsNull(field, column.Type))
        {
            return true;
        }

        if (
            column.Type is ColumnType.Real or ColumnType.Double or ColumnType.Numeric
            && NumberText.TryParse(field, column.Type, out var value)
            && double.IsInfinity(value)
        )
        {
            var shown = Encoding.UTF8.GetString(field[..Math.Min(field.Length, LongestShown)]);
            throw Broken(
                row,
                $"has {shown}{(field.Length > LongestShown ? "…" : "")} in '{column.Name}', which is the label and "
                    + "must be finite. Make it null in the query, or leave such rows out."
            );
        }

        return false;
    }

    private SplitPart? TakeCutoff(RowStream row)
    {
        var field = row.Field(_cutoff);
        if (!field.SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_previousCutoff)))
        {
            _previousCutoff.Clear();
            _previousCutoff.AddRange(field);
            LastCutoff = Parse(field);
            FirstCutoff ??= LastCutoff;
            if (!_window!.Contains(LastCutoff.Value))
            {
                var where =
                    LastCutoff > _window.To
                        ? "after the run's window: the query returned the future"
                        : "before the run's window";
                throw Broken(
                    row,
                    $"lies {where}. It returns rows with {Text(_window.From)} < cutoff <= {Text(_window.To)} only; "
                        + "compare the cutoff with {{ from }} and {{ to }}."
                );
            }
        }

        return _bounds?.PartOf(LastCutoff!.Value);
    }

    private void DemandUnique(RowStream row)
    {
        var at = 0;
        var previous = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_previous);
        var isSame = true;
        foreach (var column in _identity)
        {
            var field = row.Field(column);
            isSame =
                isSame
                && previous.Length - at > field.Length
                && previous.Slice(at, field.Length).SequenceEqual(field)
                && previous[at + field.Length] == (byte)'\n';
            at += field.Length + 1;
        }

        if (isSame)
        {
            throw Broken(
                row,
                $"is there twice: {(_cutoff < 0 ? "the key names" : "key and cutoff name")} one row only. Mend "
                    + "the join that doubles it, or add a column to the key."
            );
        }

        _previous.Clear();
        foreach (var column in _identity)
        {
            _previous.AddRange(row.Field(column));
            _previous.Add((byte)'\n');
        }
    }

    /// <summary>Names the row by its key and cutoff.</summary>
    private Fault Broken(RowStream row, string how)
    {
        var identity = new List<string>();
        foreach (var column in _identity)
        {
            var field = Encoding.UTF8.GetString(row.Field(column));
            identity.Add($"{_columns[column].Name} = {(field.Length == 0 ? "null" : field)}");
        }

        return new Fault(
            ExitCode.BadData,
            $"{_file}: the row with {string.Join(", ", identity)} {how} Nothing was changed."
        )
        {
            Outline = $"{_file}: a row {how} Nothing was changed.",
        };
    }

    private static DateTimeOffset Parse(ReadOnlySpan<byte> field) =>
        DateTimeOffset.ParseExact(
            Encoding.ASCII.GetString(field),
            ["yyyy-MM-dd HH:mm:sszz", "yyyy-MM-dd HH:mm:ss.FFFFFFzz"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    public static string Text(DateTimeOffset instant) =>
        string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFF}+00");
}
