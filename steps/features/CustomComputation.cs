using System.Text;
using Trainyard.Datasets;
using Trainyard.Features;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Features;

/// <summary>A C# feature for the rows of one part.</summary>
internal sealed class CustomComputation(IFeature feature, DatasetReader reader, RunFile file) : Computation
{
    private readonly ReaderRow _row = new(reader, [.. feature.Inputs.Select(reader.IndexOf)]);

    public override void Write(DatasetWriter writer, ColumnProfiler profiler)
    {
        FeatureValue value;
        try
        {
            value = feature.Compute(_row);
        }
        catch (Exception broken) when (broken is not Fault)
        {
            throw Fault.BadData($"The feature '{feature.Name}' of pipeline '{file.Pipeline}' failed on the row {Key()}: {broken.GetType().Name}: {broken.Message.ReplaceLineEndings(" ")} Nothing was changed.", broken);
        }

        if (feature.Kind == FeatureKind.Number)
        {
            WriteNumber(writer, profiler, value.Number);
        }
        else if (value.Category is { } category)
        {
            WriteText(writer, profiler, Encoding.UTF8.GetBytes(category));
        }
        else
        {
            WriteNull(writer, profiler);
        }
    }

    private string Key() => string.Join(", ", file.Definition.Rows.Key.Append(file.Definition.Rows.Cutoff).OfType<string>().Select(column => $"{column} = {reader.Text(reader.IndexOf(column))}"));

    private sealed class ReaderRow(DatasetReader reader, int[] inputs) : FeatureRow
    {
        public override bool IsNull(int input) => reader.IsNull(inputs[input]);

        public override double Number(int input) => reader.Columns[inputs[input]].Type.IsNumber()
            ? reader.Number(inputs[input])
            : throw new InvalidCastException($"Column '{reader.Columns[inputs[input]].Name}' is {reader.Columns[inputs[input]].Type.SqlName()}, not a number.");

        public override string? Text(int input) => reader.Text(inputs[input]);

        public override DateTimeOffset? Instant(int input) => reader.Columns[inputs[input]].Type == ColumnType.TimestampTz
            ? reader.Instant(inputs[input])
            : throw new InvalidCastException($"Column '{reader.Columns[inputs[input]].Name}' is {reader.Columns[inputs[input]].Type.SqlName()}, not a timestamptz.");

        public override DateTime? Local(int input) => reader.Columns[inputs[input]].Type is ColumnType.Timestamp or ColumnType.Date
            ? reader.Local(inputs[input])
            : throw new InvalidCastException($"Column '{reader.Columns[inputs[input]].Name}' is {reader.Columns[inputs[input]].Type.SqlName()}, not a timestamp or date.");
    }
}
