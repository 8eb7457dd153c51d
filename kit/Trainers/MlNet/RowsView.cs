using Microsoft.ML;
using Microsoft.ML.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Training;

namespace Trainyard.Trainers.MlNet;

/// <summary>Encoded rows as Microsoft.ML reads them: one vector, one slot a column. The values are shared, not
/// copied.</summary>
internal sealed class RowsView : IDataView
{
    public const string Features = "Features";
    public const string Label = "Label";
    public const string Weight = "Weight";

    private readonly EncodedRows _rows;
    private readonly int[] _order;
    private readonly Targets? _targets;
    private readonly bool _areClasses;

    /// <param name="encoder">Names the slots.</param>
    /// <param name="order">The rows to show, by their places.</param>
    /// <param name="targets">Null where rows are only to be scored.</param>
    /// <param name="areClasses">Whether the label is one of two classes, not a number.</param>
    public RowsView(Encoder encoder, EncodedRows rows, int[] order, Targets? targets = null, bool areClasses = false)
    {
        (_rows, _order, _targets, _areClasses) = (rows, order, targets, areClasses);
        var schema = Slots(encoder);
        if (targets is not null)
        {
            schema.AddColumn(Label, areClasses ? BooleanDataViewType.Instance : NumberDataViewType.Single);
            schema.AddColumn(Weight, NumberDataViewType.Single);
        }

        Schema = schema.ToSchema();
    }

    /// <summary>What rows look like that are only to be scored.</summary>
    public static DataViewSchema SchemaOf(Encoder encoder) => Slots(encoder).ToSchema();

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _order.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded,
        int n,
        Random? rand = null
    ) => [new Cursor(this)];

    private static DataViewSchema.Builder Slots(Encoder encoder)
    {
        var names = encoder.Columns.Select(column => column.Name.AsMemory()).ToArray();
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            "SlotNames",
            new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> slots) => slots = new VBuffer<ReadOnlyMemory<char>>(names.Length, names)
        );
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(
            Features,
            new VectorDataViewType(NumberDataViewType.Single, names.Length),
            annotations.ToAnnotations()
        );
        return schema;
    }

    private sealed class Cursor(RowsView view) : DataViewRowCursor
    {
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        private int Row => view._order[_position];

        public override bool MoveNext() => _position < view._order.Length && ++_position < view._order.Length;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name switch
            {
                Features => (ValueGetter<VBuffer<float>>)GetFeatures,
                Label when view._areClasses => (ValueGetter<bool>)(
                    (ref bool label) => label = view._targets!.Labels[Row] > 0
                ),
                Label => (ValueGetter<float>)((ref float label) => label = view._targets!.LessMiddle(Row)),
                _ => (ValueGetter<float>)((ref float weight) => weight = view._targets!.WeightOf(Row)),
            };
            return (ValueGetter<TValue>)getter;
        }

        private void GetFeatures(ref VBuffer<float> features)
        {
            var (columns, row) = (view._rows.Columns, Row);
            var editor = VBufferEditor.Create(ref features, columns.Count);
            for (var i = 0; i < columns.Count; i++)
            {
                editor.Values[i] = columns[i][row];
            }

            features = editor.Commit();
        }
    }
}
