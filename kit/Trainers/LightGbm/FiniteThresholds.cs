using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainyard.Trainers.LightGbm;

/// <summary>
/// Where a split parts the missing values from all others, LightGBM writes <c>inf</c> for a threshold. Microsoft.ML
/// would lead the missing values with the others there. What no encoded value exceeds
/// (<see cref="Trainyard.Learning.Encoding.EncodedRows.Largest"/>) serves as well.
/// </summary>
internal static partial class FiniteThresholds
{
    private const string Finite = "16777215";

    /// <summary>The model's text with such thresholds; it says how long each of its trees is, which changes
    /// too.</summary>
    public static string In(string text)
    {
        var (tree, longer) = (-1, new Dictionary<int, int>());
        var finite = Lines()
            .Replace(
                text,
                line =>
                {
                    if (line.Groups["tree"] is { Success: true } number)
                    {
                        tree = int.Parse(number.ValueSpan, CultureInfo.InvariantCulture);
                        return line.Value;
                    }

                    var thresholds = Infinite().Replace(line.Value, Finite);
                    longer[tree] = thresholds.Length - line.Length;
                    return thresholds;
                }
            );
        return longer.Values.All(more => more == 0)
            ? text
            : Sizes()
                .Replace(finite, line => "tree_sizes=" + string.Join(' ', line.Value[11..].Split(' ').Select(Grown)));

        string Grown(string size, int tree) =>
            (int.Parse(size, CultureInfo.InvariantCulture) + longer.GetValueOrDefault(tree)).ToString(
                CultureInfo.InvariantCulture
            );
    }

    [GeneratedRegex("^(?:Tree=(?<tree>[0-9]+)|threshold=.*)$", RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex("(?<=[= ])inf(?= |$)")]
    private static partial Regex Infinite();

    [GeneratedRegex("^tree_sizes=.*$", RegexOptions.Multiline)]
    private static partial Regex Sizes();
}
