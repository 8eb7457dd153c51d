using System.Text.Json;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Stump;

/// <summary>Splits the first column at its mean, and answers the mean label of either side.</summary>
internal sealed class StumpTrainer : ITrainer
{
    public Trainer Declaration => Trainer.Stump;

    public ITraining Begin(TrainerOptions options) => new StumpTraining((StumpOptions)options);

    public IScorer Load(byte[] saved, Encoder encoder, string name) =>
        new StumpScorer(JsonSerializer.Deserialize<double[]>(saved)!);

    private sealed class StumpTraining(StumpOptions options) : ITraining
    {
        public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
        {
            var (column, labels) = (lesson.Rows.Columns[0], lesson.Targets.Labels);
            var split = lesson.Learned.Average(row => column[row]) + options.Shift;
            var sides = lesson.Learned.ToLookup(row => column[row] > split, row => labels[row]);
            return new Fitted(
                1,
                new StumpScorer([
                    split,
                    sides[false].DefaultIfEmpty().Average(),
                    sides[true].DefaultIfEmpty().Average(),
                ])
            );
        }

        public void Dispose() { }
    }

    private sealed class StumpScorer(double[] stump) : IScorer
    {
        public int Width => 1;

        public string Extension => "json";

        public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
        {
            for (var i = 0; i < order.Length; i++)
            {
                scores[i] = rows.Columns[0][order[i]] > stump[0] ? stump[2] : stump[1];
            }
        }

        public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(stump);
    }
}
