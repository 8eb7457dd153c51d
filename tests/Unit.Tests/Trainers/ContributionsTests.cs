using Trainyard.Trainers.LightGbm.Native;
using Trainyard.Trainers.LightGbm.Trees;
using Trainyard.Trainers.LightGbm.Trees.Reasons;

namespace Trainyard.Tests.Trainers;

public sealed class ContributionsTests
{
    public static TheoryData<string> Cases => [.. Case.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_are_LightGBMs_and_add_up_to_the_raw_score(string name)
    {
        var fitted = Case.Fit(name);
        var model = ModelText.Read(fitted.Text);
        using var native = NativeBooster.Load(fitted.Text);
        foreach (var hasOdd in new[] { false, true })
        {
            var asked = OddTable.Make(500, seed: 4, hasOdd);
            var expected = native.Answer(asked.RowMajor, AnswerKind.Contributions, 1);
            var scores = native.Answer(asked.RowMajor, AnswerKind.Raw, 1);
            var actual = new double[expected.Length];
            new Contributions(new ExplainedTrees(model)).Answer(asked.Inputs, 0, actual);
            foreach (var (at, some) in expected.Chunk(model.Features + 1).Index())
            {
                var ours = actual.AsSpan(at * some.Length, some.Length).ToArray();
                var largest = some.Max(Math.Abs);
                var apart = some.Zip(ours, (one, other) => Math.Abs(one - other)).Max();
                Assert.True(apart <= 1e-6 * largest, $"row {at}: {apart} of {largest}");
                Assert.True(Math.Abs(ours.Sum() - scores[at]) <= 1e-9 * (1 + largest), $"row {at}: {scores[at]}");
            }
        }
    }

    /// <summary>From the definition, over all sets of features: neither LightGBM's way nor ours.</summary>
    [Fact]
    public void They_are_Shapley_values()
    {
        var model = ModelText.Read(Case.Fit("levels", rounds: 4).Text);
        var asked = OddTable.Make(20, seed: 6, hasOdd: true);
        var actual = new double[asked.Rows * (model.Features + 1)];
        new Contributions(new ExplainedTrees(model)).Answer(asked.Inputs, 0, actual);
        for (var row = 0; row < asked.Rows; row++)
        {
            double[] values = [.. asked.Columns.Select(column => column[row])];
            for (var feature = 0; feature < model.Features; feature++)
            {
                var expected = model.Trees.Sum(tree => Shapley(tree, values, feature));
                Assert.Equal(expected, actual[(row * (model.Features + 1)) + feature], 9);
            }
        }
    }

    /// <summary>More features on the way to a leaf than patterns are kept for.</summary>
    [Fact]
    public void Ways_over_many_features_are_LightGBMs()
    {
        var random = new Random(3);
        double[][] columns =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(_ => Enumerable.Range(0, 2500).Select(_ => random.NextDouble()).ToArray()),
        ];
        using var dataset = NativeDataset.Create([.. columns.Select(InputColumn.Of)], new BinningOptions());
        dataset.SetLabels([
            .. Enumerable.Range(0, 2500).Select(row => columns.Sum(column => column[row] * column[row])),
        ]);
        var fitted = Boosting.Fit(
            dataset,
            null,
            new BoostingOptions
            {
                Objective = BoostingObjective.Regression,
                Rounds = 3,
                Leaves = 1000,
                MinRowsPerLeaf = 1,
                FeatureShare = 0.9,
            },
            cancel: TestContext.Current.CancellationToken
        );
        var model = ModelText.Read(fitted.Text);
        var features = model.Trees.SelectMany(LeafPath.Of).Max(path => path.Features.Length);
        Assert.True(features > 12, $"{features}");

        using var native = NativeBooster.Load(fitted.Text);
        double[] rows = [.. Enumerable.Range(0, 300).SelectMany(row => columns.Select(column => column[row]))];
        var expected = native.Answer(rows, AnswerKind.Contributions, 1);
        var actual = new double[expected.Length];
        new Contributions(new ExplainedTrees(model)).Answer([.. columns.Select(InputColumn.Of)], 0, actual);
        foreach (var (row, some) in expected.Chunk(41).Index())
        {
            var apart = some.Zip(actual.Skip(row * 41), (one, other) => Math.Abs(one - other)).Max();
            Assert.True(apart <= 1e-6 * some.Max(Math.Abs), $"row {row}: {apart}");
        }
    }

    [Fact]
    public void A_text_without_counts_explains_nothing()
    {
        var text = string.Join(
            '\n',
            Case.Fit("regression", rounds: 2)
                .Text.Split('\n')
                .Where(line => !line.StartsWith("leaf_count=", StringComparison.Ordinal))
        );
        Assert.Throws<InvalidDataException>(() => new ExplainedTrees(ModelText.Read(text)));
    }

    private static double Shapley(Tree tree, double[] values, int feature)
    {
        var (sum, count) = (0.0, values.Length);
        for (var set = 0; set < 1 << count; set++)
        {
            if ((set >> feature & 1) == 0)
            {
                var size = int.PopCount(set);
                var weight = Factorial(size) * Factorial(count - 1 - size) / Factorial(count);
                sum +=
                    weight * (Mean(tree, tree.Root, values, set | (1 << feature)) - Mean(tree, tree.Root, values, set));
            }
        }

        return sum;
    }

    /// <summary>Where only the features of a set are known; the others part as the learned rows did.</summary>
    private static double Mean(Tree tree, int child, double[] values, int known)
    {
        if (child < 0)
        {
            return tree.LeafValues[~child];
        }

        var split = tree.Splits[child];
        if ((known >> split.Feature & 1) != 0)
        {
            return Mean(tree, IsLeft(split, values[split.Feature]) ? split.Left : split.Right, values, known);
        }

        return (
                (tree.CountOf(split.Left) * Mean(tree, split.Left, values, known))
                + (tree.CountOf(split.Right) * Mean(tree, split.Right, values, known))
            ) / tree.CountOf(child);
    }

    private static bool IsLeft(Split split, double value)
    {
        if (split.Levels is { } levels)
        {
            return value is > -1 and < int.MaxValue
                && (int)value / 32 < levels.Length
                && (levels[(int)value / 32] >> ((int)value % 32) & 1) != 0;
        }

        if (double.IsNaN(value) && split.Missing is (Missing.NanLeft or Missing.NanRight))
        {
            return split.Missing == Missing.NanLeft;
        }

        return (double.IsNaN(value) || Math.Abs(value) <= 1e-35f ? 0 : value) <= split.Threshold;
    }

    private static double Factorial(int of) => of < 2 ? 1 : of * Factorial(of - 1);
}
