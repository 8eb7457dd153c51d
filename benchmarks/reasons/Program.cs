using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Trainyard.Benchmarks;
using Trainyard.Learning.Encoding;
using Trainyard.Models.Packaging;
using Trainyard.Registry;

// Called by reasons.py, which says what it is for: reasons RUN OUT MOST_ROWS explains rows of a train run by the model
// that it made. In OUT it leaves the model's text, the rows as the model reads them, and what each column adds to each
// score of a row, both as numbers of 64 bits, row by row.
const int RowsAtOnce = 512;

var (place, output, most) = (args[0], args[1], int.Parse(args[2], null));
var cancel = CancellationToken.None;
var rows = await RunRows.ReadAsync(place, cancel);
var package = new Package(rows.Folder.Store, rows.Folder.Pipeline, rows.Folder.Run);
var (card, _) = await package.ReadCardAsync(cancel);
var model = await LoadedPackage.LoadAnsweringAsync(package, card, cancel);
var encoded = model.Encoder.Encode(rows.Frame, [.. Enumerable.Range(0, Math.Min(most, rows.Frame.Rows))]);
var explainer = model.Explainer!;
var each = explainer.Width * encoded.Columns.Count;
var contributions = new double[encoded.Count * each];

// The first rows twice: a process that explains for long has compiled itself by then.
Explain(Math.Min(encoded.Count, 4 * RowsAtOnce));
var begin = Stopwatch.GetTimestamp();
Explain(encoded.Count);
var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;

await File.WriteAllBytesAsync(Path.Combine(output, "model.txt"), model.Saved.ToArray(), cancel);
Write("rows.bin", InRows(encoded));
Write("contributions.bin", contributions);
Console.WriteLine(
    JsonSerializer.Serialize(
        new
        {
            rows = encoded.Count,
            columns = encoded.Columns.Count,
            width = explainer.Width,
            seconds,
        }
    )
);

void Explain(int count) =>
    Parallel.For(
        0,
        (count + RowsAtOnce - 1) / RowsAtOnce,
        block =>
        {
            int[] some = [.. Enumerable.Range(block * RowsAtOnce, Math.Min(RowsAtOnce, count - (block * RowsAtOnce)))];
            explainer.Explain(encoded, some, contributions.AsSpan(some[0] * each, some.Length * each));
        }
    );

static double[] InRows(EncodedRows encoded) =>
    [.. Enumerable.Range(0, encoded.Count).SelectMany(row => encoded.Columns.Select(column => (double)column[row]))];

void Write(string name, double[] numbers)
{
    using var file = File.Create(Path.Combine(output, name));
    file.Write(MemoryMarshal.AsBytes<double>(numbers));
}
