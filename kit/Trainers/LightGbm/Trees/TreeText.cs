using System.Globalization;
using System.Numerics;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Reads the paragraph of a tree, and holds it to what a tree is: whoever walks it need not look
/// again.</summary>
internal static class TreeText
{
    private const int IsOnLevels = 1;
    private const int IsMissingLeft = 2;

    public static Tree Read(Dictionary<string, string> lines, string name, int features)
    {
        var leaves = ModelText.Whole(lines, "num_leaves");
        if (leaves < 1 || lines.GetValueOrDefault("is_linear", "0") != "0")
        {
            throw Wrong(name, leaves < 1 ? "has no leaf" : "has linear models in its leaves, which are not known here");
        }

        var splits = leaves - 1;
        var (left, right) = (Numbers<int>("left_child", splits), Numbers<int>("right_child", splits));
        var (feature, decision) = (Numbers<int>("split_feature", splits), Numbers<int>("decision_type", splits));
        var threshold = Numbers<double>("threshold", splits);
        var sets = ModelText.Whole(lines, "num_cat");
        var starts = sets > 0 ? Numbers<int>("cat_boundaries", sets + 1) : [0];
        var bits = sets > 0 ? Numbers<uint>("cat_threshold", starts[^1]) : [];
        var hasCounts = lines.ContainsKey("leaf_count") && (splits == 0 || lines.ContainsKey("internal_count"));
        HoldToTree(left, right, name);
        return new Tree
        {
            Splits = [.. Enumerable.Range(0, splits).Select(Split)],
            LeafValues = Numbers<double>("leaf_value", leaves),
            LeafCounts = hasCounts ? Numbers<int>("leaf_count", leaves) : [],
            SplitCounts = hasCounts ? Numbers<int>("internal_count", splits) : [],
        };

        Split Split(int at)
        {
            if ((uint)feature[at] >= (uint)features)
            {
                throw Wrong(name, $"splits on column {feature[at]} of {features}");
            }

            if ((decision[at] & IsOnLevels) == 0)
            {
                return new Split(feature[at], MissingOf(decision[at]), threshold[at], null, left[at], right[at]);
            }

            var set = threshold[at] is >= 0 and < int.MaxValue ? (int)threshold[at] : int.MaxValue;
            if (set >= sets || starts[set] < 0 || starts[set] > starts[set + 1] || starts[set + 1] > bits.Length)
            {
                throw Wrong(name, "splits on a set of levels that it does not have");
            }

            return new Split(feature[at], Missing.None, 0, bits[starts[set]..starts[set + 1]], left[at], right[at]);
        }

        T[] Numbers<T>(string key, int count)
            where T : INumber<T>
        {
            var words = (lines.GetValueOrDefault(key) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != count)
            {
                throw Wrong(name, $"has {words.Length} numbers for '{key}', and {count} are needed");
            }

            return [.. words.Select(word => Number<T>(word, key, name))];
        }
    }

    private static T Number<T>(string word, string key, string name)
        where T : INumber<T>
    {
        // C++ writes inf and nan.
        var written = word switch
        {
            "inf" => "Infinity",
            "-inf" => "-Infinity",
            "nan" or "-nan" => "NaN",
            _ => word,
        };
        return T.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(name, $"has '{word}' for '{key}', which is no number there");
    }

    private static Missing MissingOf(int decision) =>
        ((decision >> 2) & 3, (decision & IsMissingLeft) != 0) switch
        {
            (1, true) => Missing.ZeroLeft,
            (1, false) => Missing.ZeroRight,
            (2, true) => Missing.NanLeft,
            (2, false) => Missing.NanRight,
            _ => Missing.None,
        };

    /// <summary>Each split and each leaf hangs from one other split, and all from the first.</summary>
    private static void HoldToTree(int[] left, int[] right, string name)
    {
        var splits = left.Length;
        var (seenSplits, seenLeaves) = (new bool[splits], new bool[splits + 1]);
        var waiting = new Stack<int>(splits == 0 ? [] : [0]);
        var seen = 0;
        while (waiting.TryPop(out var child))
        {
            var isKnown = child < 0 ? ~child < seenLeaves.Length : child < splits;
            if (!isKnown || (child < 0 ? seenLeaves : seenSplits)[child < 0 ? ~child : child])
            {
                throw Wrong(name, $"is none: its splits lead to {child} twice, or there is no such child");
            }

            (child < 0 ? seenLeaves : seenSplits)[child < 0 ? ~child : child] = true;
            seen++;
            if (child >= 0)
            {
                waiting.Push(left[child]);
                waiting.Push(right[child]);
            }
        }

        if (splits > 0 && seen != (2 * splits) + 1)
        {
            throw Wrong(name, "has splits or leaves to which nothing leads");
        }
    }

    private static InvalidDataException Wrong(string tree, string what) =>
        new($"LightGBM's text cannot be read: {tree} {what}.");
}
