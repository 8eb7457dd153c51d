using Trainyard.Datasets;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Data;

/// <summary>Gathers the rows of a part into columns.</summary>
public sealed class FrameBuilder
{
    private readonly FrameLayout _layout;
    private readonly DatasetReader _reader;
    private readonly string _uri;
    private readonly int[] _key;
    private readonly int _cutoff;
    private readonly int _label;
    private readonly int _forecast;
    private readonly ColumnBuilder[] _columns;
    private readonly List<ulong> _keys = [];
    private readonly List<DateTimeOffset> _cutoffs = [];
    private readonly List<double> _labels = [];
    private readonly List<double> _forecasts = [];
    private readonly Levels? _classes;

    /// <param name="reader">A reader of the part, whose every row is to be added.</param>
    /// <param name="uri">The part, for messages.</param>
    public FrameBuilder(FrameLayout layout, DatasetReader reader, string uri)
    {
        (_layout, _reader, _uri) = (layout, reader, uri);
        _key = [.. layout.Key.Select(reader.IndexOf)];
        _cutoff = layout.Cutoff is null ? -1 : reader.IndexOf(layout.Cutoff);
        _label = layout.Label is null ? -1 : reader.IndexOf(layout.Label);
        _forecast = layout.Forecast is null ? -1 : reader.IndexOf(layout.Forecast);
        _classes = layout.LabelKind.AreClasses && _label >= 0 ? new Levels(reader, _label) : null;
        _columns = [.. layout.Features.Select(feature => BuilderOf(feature, reader.IndexOf(feature.Name)))];
    }

    private ColumnBuilder BuilderOf(FeatureColumn feature, int index) =>
        feature.Kind switch
        {
            FeatureColumnKind.Number => new NumberBuilder(feature.Name, index, _layout.Singles.Contains(feature.Name)),
            FeatureColumnKind.Text => new TextBuilder(new TextsRead(feature.Name, _reader, index)),
            _ => new CategoryBuilder(feature.Name, new Levels(_reader, index)),
        };

    /// <summary>Adds the reader's current row.</summary>
    public void Add()
    {
        foreach (var column in _columns)
        {
            column.Add(_reader);
        }

        _keys.Add(KeyHash.Of(_reader, _key));
        if (_cutoff >= 0)
        {
            _cutoffs.Add(
                _reader.Instant(_cutoff)
                    ?? throw Fault.BadData(
                        $"{_uri}, line {_reader.Line}, column '{_layout.Cutoff}': a row has no cutoff. Nothing "
                            + "was changed."
                    )
            );
        }

        if (_label >= 0)
        {
            _labels.Add(
                _classes is null ? ReadLabel()
                : _classes.Read() is > 0 and var code ? code - 1
                : double.NaN
            );
        }

        if (_forecast >= 0)
        {
            var forecast = _reader.IsNull(_forecast) ? double.NaN : _reader.Number(_forecast);
            _forecasts.Add(double.IsFinite(forecast) ? forecast : double.NaN);
        }
    }

    public Frame Build() =>
        new()
        {
            Rows = _keys.Count,
            Columns = [.. _columns.Select(column => column.Build())],
            Labels = _label < 0 ? Labels.None : new Labels([.. _labels], NamesOf(_classes)),
            Forecasts = [.. _forecasts],
            Cutoffs = [.. _cutoffs],
            Keys = [.. _keys],
        };

    /// <summary>The classes as people write them: a dataset has <c>t</c> for true.</summary>
    private IReadOnlyList<string>? NamesOf(Levels? classes) =>
        classes is not null && _reader.Columns[_label].Type == ColumnType.Boolean
            ? [.. classes.Names.Select(name => name == "t" ? "true" : "false")]
            : classes?.Names;

    private double ReadLabel()
    {
        var value = _reader.Number(_label);
        return double.IsInfinity(value)
                ? throw Broken("is no number to learn: make it null in the query, or leave such rows out")
            : !_layout.LabelKind.Accepts(value)
                ? throw Broken($"is no label of the task {_layout.Task}, which expects {_layout.LabelKind.Expected}")
            : value;

        Fault Broken(string how)
        {
            var where = $"{_uri}, line {_reader.Line}, column '{_layout.Label}': the label";
            return new Fault(ExitCode.BadData, $"{where} '{_reader.Text(_label)}' {how}. Nothing was changed.")
            {
                Outline = $"{where} {how}. Nothing was changed.",
            };
        }
    }

    private abstract class ColumnBuilder
    {
        public abstract void Add(DatasetReader reader);

        public abstract FrameColumn Build();
    }

    private sealed class NumberBuilder(string name, int index, bool inSingle) : ColumnBuilder
    {
        private readonly List<float> _singles = [];

        /// <summary>All values, from the first on that 32 bits would round.</summary>
        private List<double>? _doubles;

        public override void Add(DatasetReader reader)
        {
            var value = reader.IsNull(index) ? double.NaN : reader.Number(index);
            if (_doubles is null && !inSingle && !NumberColumn.IsSingle(value))
            {
                _doubles = [.. _singles.Select(single => (double)single)];
                _singles.Clear();
                _singles.TrimExcess();
            }

            if (_doubles is null)
            {
                _singles.Add((float)value);
            }
            else
            {
                _doubles.Add(value);
            }
        }

        public override FrameColumn Build() =>
            _doubles is null ? new NumberColumn(name, [.. _singles]) : new NumberColumn(name, [.. _doubles]);
    }

    private sealed class CategoryBuilder(string name, Levels levels) : ColumnBuilder
    {
        private readonly List<int> _codes = [];

        public override void Add(DatasetReader reader) => _codes.Add(levels.Read());

        public override FrameColumn Build() =>
            new CategoryColumn(name, [.. _codes], levels.Names) { HasNumbers = levels.HasNumbers };
    }

    private sealed class TextBuilder(TextsRead texts) : ColumnBuilder
    {
        public override void Add(DatasetReader reader) => texts.Add();

        public override FrameColumn Build() => texts.Build();
    }
}
