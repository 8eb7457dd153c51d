using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>The rows of a dataset, whose parts follow each other in the order of cutoffs and keys.</summary>
/// <param name="columns">Of the parts.</param>
/// <param name="identity">The names of the cutoff and of the key's columns.</param>
/// <param name="take">Takes what is wanted of the reader's current row.</param>
public sealed class DatasetRows<T>(
    IAsyncEnumerable<PredictionPart> parts,
    IReadOnlyList<Column> columns,
    IReadOnlyList<string> identity,
    Func<DatasetReader, T> take,
    CancellationToken cancel
) : OrderedRows<T>([.. identity.Select(name => columns.Single(column => column.Name == name).Type)])
{
    private readonly IAsyncEnumerator<PredictionPart> _parts = parts.GetAsyncEnumerator(cancel);
    private DatasetReader? _reader;
    private int[] _places = [];
    private string _uri = "";

    protected override string Source => _uri;

    public override async ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        await _parts.DisposeAsync();
    }

    protected override async ValueTask<bool> ReadAsync(CancellationToken cancel)
    {
        while (_reader is null || !_reader.Read())
        {
            _reader?.Dispose();
            _reader = null;
            cancel.ThrowIfCancellationRequested();
            if (!await _parts.MoveNextAsync())
            {
                return false;
            }

            _uri = _parts.Current.Uri;
            _reader = DatasetReader.Open(_parts.Current.Content, _uri, columns);
            _places = [.. identity.Select(_reader.IndexOf)];
        }

        return true;
    }

    protected override ReadOnlySpan<byte> Field(int place) => _reader!.Raw(_places[place]);

    protected override T Take() => take(_reader!);
}
