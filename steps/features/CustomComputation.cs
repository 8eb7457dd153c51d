using System.Text;
using Trainyard.Datasets;
using Trainyard.Features;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Features;

/// <summary>A C# feature for the rows of one part.</summary>
internal sealed class CustomComputation(LoadedFeature feature, DatasetReader reader, RunFile file) : Computation
{
    private readonly ReaderRow _row = new(reader, [.. feature.Inputs.Select(reader.IndexOf)]);

    public override void Write(Cell cell)
    {
        var value = Compute();
        if (feature.Kind == FeatureKind.Number ? value.Category is not null : !double.IsNaN(value.Number))
        {
            throw Failed(
                $"it is a {EnumText.Of(feature.Kind)} and gave "
                    + $"{(value.Category is { } text ? $"the category '{text}'" : $"the number {value.Number}")}."
            );
        }

        if (value.Category is { } category)
        {
            cell.Text(Encoding.UTF8.GetBytes(category));
        }
        else
        {
            cell.Number(value.Number);
        }
    }

    private FeatureValue Compute()
    {
        try
        {
            return feature.Feature.Compute(_row);
        }
        catch (Exception missing) when (LoadedFeature.IsOfLibrary(missing))
        {
            // What a method needs is loaded when it first runs, so a dependency that is not there shows only here.
            throw new Fault(
                ExitCode.BadConfiguration,
                $"The feature '{feature.Name}' of pipeline '{file.Pipeline}' cannot run on the row {Key()}: "
                    + $"{LoadedFeature.Words(missing)} Nothing was changed.",
                missing
            )
            {
                Outline =
                    $"The feature '{feature.Name}' of pipeline '{file.Pipeline}' cannot run: "
                    + $"{LoadedFeature.Words(missing)} Nothing was changed.",
            };
        }
        catch (Exception broken) when (broken is not Fault)
        {
            throw Failed(LoadedFeature.Words(broken), broken);
        }
    }

    private Fault Failed(string how, Exception? cause = null) =>
        new(
            ExitCode.BadData,
            $"The feature '{feature.Name}' of pipeline '{file.Pipeline}' failed on the row {Key()}: {how} "
                + "Nothing was changed.",
            cause
        )
        {
            Outline =
                $"The feature '{feature.Name}' of pipeline '{file.Pipeline}' failed on a row. Nothing was changed.",
        };

    private string Key() =>
        string.Join(
            ", ",
            file.Definition.Rows.Key.Append(file.Definition.Rows.Cutoff)
                .OfType<string>()
                .Select(column => $"{column} = {reader.Text(reader.IndexOf(column))}")
        );

    private sealed class ReaderRow(DatasetReader reader, int[] inputs) : FeatureRow
    {
        public override bool IsNull(int input) => reader.IsNull(inputs[input]);

        public override double Number(int input) =>
            reader.Columns[inputs[input]].Type.IsNumber()
                ? reader.Number(inputs[input])
                : throw new InvalidCastException(
                    $"Column '{reader.Columns[inputs[input]].Name}' is "
                        + $"{reader.Columns[inputs[input]].Type.SqlName()}, not a number."
                );

        public override string? Text(int input) => reader.Text(inputs[input]);

        public override DateTimeOffset? Instant(int input) =>
            reader.Columns[inputs[input]].Type == ColumnType.TimestampTz
                ? reader.Instant(inputs[input])
                : throw new InvalidCastException(
                    $"Column '{reader.Columns[inputs[input]].Name}' is "
                        + $"{reader.Columns[inputs[input]].Type.SqlName()}, not a timestamptz."
                );

        public override DateTime? Local(int input) =>
            reader.Columns[inputs[input]].Type is ColumnType.Timestamp or ColumnType.Date
                ? reader.Local(inputs[input])
                : throw new InvalidCastException(
                    $"Column '{reader.Columns[inputs[input]].Name}' is "
                        + $"{reader.Columns[inputs[input]].Type.SqlName()}, not a timestamp or date."
                );
    }
}
