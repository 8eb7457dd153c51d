using Trainyard.Learning.Splits;
using Trainyard.Models;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

/// <summary>Levels are ordered by labels: by none of rows that a fit is held against before the measured one.</summary>
public sealed class LevelOrderTests
{
    [Theory]
    [InlineData(1, null, "c b a")]
    [InlineData(3, null, "a b c")]
    [InlineData(1, 80, "a b c")]
    public void Labels_of_rows_that_fits_are_held_against_have_no_say(int folds, int? interval, string expected)
    {
        var definition = Some.Definition(
            ModelTask.Regression,
            cutoff: null,
            new SplitSpec
            {
                Folds = folds,
                Validation = new SplitSize(default, new Share(0.3)),
                Holdout = new SplitSize(default, new Share(0.2)),
            }
        );
        definition = definition with
        {
            Features = definition.Features with { Categories = [new CategorySpec { Column = "letter", Keep = 3 }] },
            Model = definition.Model with { Interval = interval is { } share ? new Share(share / 100.0) : null },
        };
        var frame = Some.Frame(task: ModelTask.Regression) with { Cutoffs = [] };
        var letters = (Trainyard.Learning.Data.CategoryColumn)frame.Columns[2];
        var split = Split.Of(definition, frame, null) with { Served = null };

        // a is the most frequent, and c the least. In fit c has the lowest labels, and in validation the highest.
        var held = split.Validated.ToHashSet();
        for (var row = 0; row < frame.Rows; row++)
        {
            letters.Codes[row] = new[] { 1, 2, 1, 3, 2, 1 }[row % 6];
            frame.Labels.Values[row] = (4 - letters.Codes[row]) * (held.Contains(row) && folds == 1 ? -9 : 3) + row % 2;
        }

        var trained = Training.Run(definition, frame, split, 1, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Split(' '), trained.Encoder.Columns[2].Levels);
    }
}
