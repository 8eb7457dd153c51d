using System.Globalization;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Reads a model as LightGBM writes it: a head, a paragraph a tree, and after "end of trees" what no answer
/// needs.</summary>
internal static class ModelText
{
    /// <exception cref="InvalidDataException">What is wrong with the text.</exception>
    public static TreeModel Read(string text)
    {
        var lines = text.Split('\n');
        var next = 0;
        var head = Paragraph("Tree=");
        var features = Whole(head, "max_feature_idx") + 1;
        var width = Whole(head, "num_tree_per_iteration");
        var trees = new List<Tree>();
        while (next < lines.Length && lines[next].StartsWith("Tree=", StringComparison.Ordinal))
        {
            var name = lines[next++].Trim();
            trees.Add(TreeText.Read(Paragraph("Tree="), name, features));
        }

        if (next >= lines.Length || lines[next].Trim() != "end of trees")
        {
            throw new InvalidDataException("LightGBM's text is cut off: it has no line 'end of trees'.");
        }

        if (features < 1 || width < 1 || trees.Count % width != 0)
        {
            throw new InvalidDataException(
                $"LightGBM's text has {trees.Count} trees, which are no rounds of {width}, over {features} columns."
            );
        }

        return new TreeModel
        {
            Features = features,
            Width = width,
            Objective = head.GetValueOrDefault("objective", ""),
            IsAveraged = head.ContainsKey("average_output"),
            Trees = trees,
        };

        Dictionary<string, string> Paragraph(string end)
        {
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            for (; next < lines.Length; next++)
            {
                var line = lines[next].TrimEnd('\r');
                if (line.StartsWith(end, StringComparison.Ordinal) || line == "end of trees")
                {
                    break;
                }

                var at = line.IndexOf('=', StringComparison.Ordinal);
                if (line.Length > 0)
                {
                    found[at < 0 ? line : line[..at]] = at < 0 ? "" : line[(at + 1)..];
                }
            }

            return found;
        }
    }

    public static int Whole(Dictionary<string, string> lines, string key) =>
        lines.TryGetValue(key, out var value)
        && int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"LightGBM's text says no whole number for '{key}'.");
}
