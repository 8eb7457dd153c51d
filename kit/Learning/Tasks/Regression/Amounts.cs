using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks.Regression;

/// <summary>What labels must be where the logarithm of their mean is learned.</summary>
internal static class Amounts
{
    /// <summary>65 where a label is below 0, or all are 0.</summary>
    public static void Demand(double[] labels, ModelSpec spec)
    {
        var aim = spec.Objective is { } given ? $"the objective {EnumText.Of(given)}" : "what the metric is best with";
        if (Array.FindIndex(labels, label => label < 0) is >= 0 and var place)
        {
            throw Fault.BadData(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A label is {labels[place]:R}, and {aim} learns labels from 0 on. Mend the rows, or name another "
                        + $"model.objective. Nothing was changed."
                )
            );
        }

        if (!(Sum.Of(labels) > 0))
        {
            throw Fault.BadData(
                $"Every label being learned is 0, of {Counted.Of(labels.Length, "row")}, and {aim} needs one above it. "
                    + "Mend the rows, or name another model.objective. Nothing was changed."
            );
        }
    }
}
