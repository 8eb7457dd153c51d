using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.MlNet;

namespace Trainyard.Trainers.LightGbm;

/// <summary>The fits of a training in one context of Microsoft.ML, whose random numbers go on from fit to fit: they
/// choose the rows that bins are learned from.</summary>
internal sealed class MlNetTraining(LightGbmOptions options) : ITraining
{
    private readonly MlSession _session = new(options.Seed);

    /// <remarks>Microsoft.ML cannot be interrupted.</remarks>
    public Fitted Fit(Lesson lesson, CancellationToken cancel)
    {
        var learned = lesson.Learned.Length;
        if (
            lesson.Objective.Learns.Kind is not (LossKind.Logistic or LossKind.Squared)
            || lesson.Directions.Any(direction => direction != 0)
        )
        {
            throw Fault.BadConfiguration(
                $"Microsoft.ML's LightGBM learns neither {lesson.Objective.Learns.Kind} nor under constraints. Nothing "
                    + "was changed."
            );
        }

        if (learned * options.RowShare.Value < 1)
        {
            throw Fault.BadData(
                $"There are {learned} rows to learn from, of which model.options.row_share leaves less than "
                    + "one to a tree. Give it more rows, or leave row_share out. Nothing was changed."
            );
        }

        OpenMp.Prepare(lesson.Threads);
        try
        {
            var (chain, trees) = MlNetFit.Of(_session.Context, options, lesson);
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

    public Func<IScorer, IScorer> Calibrate(IScorer scorer, Lesson lesson)
    {
        var calibrator = ((ChainScorer)scorer).Calibrator(_session.Context, lesson);
        return other => ((ChainScorer)other).Before(calibrator);
    }

    public void Dispose() => _session.Dispose();
}
