using Trainyard.Learning.Encoding;
using Trainyard.Learning.Training;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Trainers.LightGbm;

/// <summary>The rows that a training knows, in LightGBM's bins. All fits of the training take theirs out of
/// them.</summary>
internal sealed class BinnedRows : IDisposable
{
    private readonly EncodedRows _encoded;
    private readonly int[] _known;
    private readonly int[] _sorted;
    private readonly NativeDataset _dataset;

    private BinnedRows(Lesson lesson, int[] sorted, NativeDataset dataset) =>
        (_encoded, _known, _sorted, _dataset) = (lesson.Rows, lesson.Known, sorted, dataset);

    /// <summary>Learns the bins, and puts the rows into them.</summary>
    public static BinnedRows Of(Lesson lesson, BinningOptions options, CancellationToken cancel)
    {
        var sorted = Sorted(lesson.Known);
        return new BinnedRows(
            lesson,
            sorted,
            NativeDataset.Create(EncodedInputs.Of(lesson.Rows, sorted, cancel), options)
        );
    }

    /// <summary>Whether these are the rows that a lesson knows.</summary>
    public bool AreOf(Lesson lesson) => ReferenceEquals(lesson.Rows, _encoded) && ReferenceEquals(lesson.Known, _known);

    /// <summary>Some of the rows, with their labels and weights. Who disposes of them leaves the others as they
    /// are.</summary>
    public NativeDataset Take(int[] rows, Targets targets)
    {
        var sorted = Sorted(rows);
        var taken = sorted.Length == _sorted.Length ? _dataset.Lend() : _dataset.Subset(PlacesOf(sorted));
        try
        {
            taken.SetLabels(Array.ConvertAll(sorted, targets.LessMiddle));
            // Those of an earlier fit may stand there.
            taken.SetWeights(targets.HasWeights ? Array.ConvertAll(sorted, targets.WeightOf) : []);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose() => _dataset.Dispose();

    /// <summary>Where rows stand among those that are known.</summary>
    private int[] PlacesOf(int[] rows)
    {
        var (places, place) = (new int[rows.Length], 0);
        for (var i = 0; i < rows.Length; i++)
        {
            while (place < _sorted.Length && _sorted[place] < rows[i])
            {
                place++;
            }

            places[i] =
                place < _sorted.Length && _sorted[place] == rows[i]
                    ? place
                    : throw new ArgumentException("A row is none of those that the training knows.", nameof(rows));
        }

        return places;
    }

    private static int[] Sorted(int[] rows)
    {
        int[] sorted = [.. rows];
        Array.Sort(sorted);
        return sorted;
    }
}
