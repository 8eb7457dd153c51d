using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks;

/// <summary>Labels whose positive value the spec names: all others are negative.</summary>
internal static class Positives
{
    /// <summary>1 where a label is the positive one, else 0; 65 where none is.</summary>
    public static Labels Of(string column, string positive, Labels read)
    {
        var classes = read.Classes ?? [];
        var code = classes.Contains(positive) ? classes.Index().First(each => each.Item == positive).Index : -1;
        if (code < 0 && classes.Count > 0)
        {
            throw new Fault(
                ExitCode.BadData,
                $"No label is '{positive}', which label.positive names: the values of '{column}' are "
                    + $"{ClassNames.List(classes)}.{Nearest.Hint(positive, classes)} Nothing was changed."
            )
            {
                Outline = $"No label of '{column}' is the one that label.positive names. Nothing was changed.",
            };
        }

        return new Labels(
            Array.ConvertAll(
                read.Values,
                value =>
                    double.IsNaN(value) ? value
                    : value == code ? 1.0
                    : 0.0
            )
        );
    }
}
