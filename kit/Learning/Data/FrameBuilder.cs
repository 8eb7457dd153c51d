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

    /// <param name="reader">A reader of the part, whose every row is to be added.</param>
    /// <param name="uri">The part, for messages.</param>
    public FrameBuilder(FrameLayout layout, DatasetReader reader, string uri)
    {
        (_layout, _reader, _uri) = (layout, reader, uri);
        _key = [.. layout.Key.Select(reader.IndexOf)];
        _cutoff = layout.Cutoff is null ? -1 : reader.IndexOf(layout.Cutoff);
        _label = layout.Label is null ? -1 : reader.IndexOf(layout.Label);
        _forecast = layout.Forecast is null ? -1 : reader.IndexOf(layout.Forecast);
        _columns =
        [
            .. layout.Features.Select(feature =>
                feature.Kind == FeatureColumnKind.Number
                    ? (ColumnBuilder)
                        new NumberBuilder(
                            feature.Name,
                            reader.IndexOf(feature.Name),
                            layout.Singles.Contains(feature.Name)
                        )
                    : new CategoryBuilder(
                        feature.Name,
                        reader.IndexOf(feature.Name),
                        reader.Columns[reader.IndexOf(feature.Name)].Type.IsNumber()
                    )
            ),
        ];
    }

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
            _labels.Add(ReadLabel());
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
            Labels = _label < 0 ? Labels.None : new Labels([.. _labels]),
            Forecasts = [.. _forecasts],
            Cutoffs = [.. _cutoffs],
            Keys = [.. _keys],
        };

    private double ReadLabel()
    {
        var value = _reader.Number(_label);
        return double.IsInfinity(value)
                ? throw Broken("is no number to learn: make it null in the query, or leave such rows out")
            : !_layout.Task.Label.Accepts(value)
                ? throw Broken($"is no label of the task {_layout.Task}, which expects {_layout.Task.Label.Expected}")
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

    private sealed class CategoryBuilder : ColumnBuilder
    {
        private readonly string _name;
        private readonly int _index;
        private readonly bool _hasNumbers;
        private readonly List<int> _codes = [];
        private readonly List<string> _levels = [];
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _codeOf = new Dictionary<
            string,
            int
        >(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        private char[] _text = new char[256];

        public CategoryBuilder(string name, int index, bool hasNumbers) =>
            (_name, _index, _hasNumbers) = (name, index, hasNumbers);

        public override void Add(DatasetReader reader)
        {
            if (reader.IsNull(_index))
            {
                _codes.Add(0);
                return;
            }

            var utf8 = reader.Utf8(_index);
            if (_text.Length < utf8.Length)
            {
                _text = new char[utf8.Length * 2];
            }

            ReadOnlySpan<char> text = _text.AsSpan(0, System.Text.Encoding.UTF8.GetChars(utf8, _text));
            text = _hasNumbers ? LevelText.OfNumber(text) : text;
            if (!_codeOf.TryGetValue(text, out var code))
            {
                _levels.Add(text.ToString());
                code = _levels.Count;
                _codeOf[text] = code;
            }

            _codes.Add(code);
        }

        public override FrameColumn Build() =>
            new CategoryColumn(_name, [.. _codes], _levels) { HasNumbers = _hasNumbers };
    }
}
