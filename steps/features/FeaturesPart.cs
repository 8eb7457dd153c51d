using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>One part of the dataset: every row through every computation, in one pass.</summary>
internal sealed class FeaturesPart(DatasetReader reader, IReadOnlyList<Computation> computations)
{
    private const int ReportEvery = 10_000;

    private readonly Computation[] _computations = [.. computations];

    /// <summary>Writes the features of all rows and counts them in the profiler.</summary>
    /// <returns>How many rows there were.</returns>
    public long WriteTo(
        Stream target,
        IReadOnlyList<Column> columns,
        PartProfiler profiler,
        Action<long> report,
        CancellationToken cancel
    )
    {
        using var writer = new DatasetWriter(target, columns);
        while (reader.Read())
        {
            for (var column = 0; column < _computations.Length; column++)
            {
                _computations[column].Write(new Cell(writer, profiler, column));
            }

            writer.EndRecord();
            profiler.EndRow();
            if (writer.Rows % ReportEvery == 0)
            {
                report(ReportEvery);
                cancel.ThrowIfCancellationRequested();
            }
        }

        report(writer.Rows % ReportEvery);
        return writer.Rows;
    }
}
