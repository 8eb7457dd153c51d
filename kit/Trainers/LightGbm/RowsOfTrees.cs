using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.LightGbm;

/// <summary>Trees that each see a share of the rows need one.</summary>
internal static class RowsOfTrees
{
    /// <summary>65 where nothing can be learned from the rows, or too few are left to a tree. The share is asked last:
    /// the usual ones leave a row to a tree wherever there are two.</summary>
    public static void Demand(Lesson lesson, Share share)
    {
        lesson.DemandDifferentLabels();
        if (lesson.Learned.Length * share.Value < 1)
        {
            throw Fault.BadData(
                $"There are {Counted.Of(lesson.Learned.Length, "row")} to learn from, of which "
                    + "model.options.row_share leaves less than one to a tree. Give it more rows, or leave row_share "
                    + "out. Nothing was changed."
            );
        }
    }
}
