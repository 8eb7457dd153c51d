using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.MlNet;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Gradient boosted trees through Microsoft.ML.</summary>
internal sealed class LightGbmTrainer : ITrainer
{
    public Trainer Declaration => Trainer.LightGbm;

    public Func<IScorer, IScorer> Calibrate(IScorer scorer, Lesson lesson)
    {
        var calibrated = ((ChainScorer)scorer).Calibrate(lesson);
        return other => calibrated((ChainScorer)other);
    }

    public IScorer Load(byte[] saved, Encoder encoder, string name) =>
        new TreesScorer(ChainScorer.Load(saved, encoder, name), encoder.Columns.Count);

    /// <remarks>Microsoft.ML cannot be interrupted.</remarks>
    public Fitted Fit(Lesson lesson, CancellationToken cancel)
    {
        var (options, learned) = ((LightGbmOptions)lesson.Options, lesson.Learned.Length);
        if (learned * options.RowShare.Value < 1)
        {
            throw Fault.BadData(
                $"There are {learned} rows to learn from, of which model.options.row_share leaves less than "
                    + "one to a tree. Give it more rows, or leave row_share out. Nothing was changed."
            );
        }

        OpenMp.Prepare(lesson.Threads);
        using var session = new MlSession(options.Seed);
        try
        {
            var (chain, trees) = MlNetFit.Of(session.Context, lesson);
            return new Fitted(
                Math.Max(1, trees.TrainedTreeEnsemble.Trees.Count),
                new ChainScorer(chain, lesson.Encoder)
            );
        }
        catch (Exception missing)
            when (missing is DllNotFoundException || missing.InnerException is DllNotFoundException)
        {
            throw Fault.BadConfiguration(
                "LightGBM's native library cannot be loaded. On Linux it needs x64, glibc and libgomp: "
                    + "'apt-get install libgomp1' (Debian, Ubuntu) or 'dnf install libgomp' (Fedora). Nothing was "
                    + "changed.",
                missing
            );
        }
        catch (ArgumentNullException unsplit) when (unsplit.ParamName == "items")
        {
            // A single leaf of value 0 is what Microsoft.ML cannot read from LightGBM; one of another value it can.
            throw Fault.BadData(
                $"Nothing can be learned from the {learned} rows: either all labels are the same, or no "
                    + "feature parts the rows that a tree sees (model.options.row_share) so that "
                    + $"{options.MinRowsPerLeaf} (min_rows_per_leaf) are on each side and their "
                    + "labels differ. Mend the rows, the features or the options. Nothing was changed.",
                unsplit
            );
        }
        catch (InvalidOperationException refused)
            when (refused.Message.StartsWith("LightGBM Error", StringComparison.Ordinal))
        {
            throw Fault.BadData(
                $"LightGBM cannot learn from the {learned} rows under these model.options: "
                    + $"{refused.Message.Split('\n')[0].TrimEnd('.')}. Mend the rows, or the options. Nothing was "
                    + "changed.",
                refused
            );
        }
    }
}
