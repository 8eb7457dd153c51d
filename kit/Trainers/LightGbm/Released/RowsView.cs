using Microsoft.ML;
using Microsoft.ML.Data;
using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.LightGbm.Released;

/// <summary>Encoded rows as Microsoft.ML reads them: one vector, one slot a column. The values are shared, not
/// copied.</summary>
internal sealed class RowsView : IDataView
{
    private const string Features = "Features";

    private readonly EncodedRows _rows;
    private readonly int[] _order;

    /// <param name="encoder">Names the slots.</param>
    /// <param name="order">The rows to show, by their places.</param>
    public RowsView(Encoder encoder, EncodedRows rows, int[] order)
    {
        (_rows, _order) = (rows, order);
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
        Schema = schema.ToSchema();
    }

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

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)GetFeatures;

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
