using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

public sealed class InputTallyTests
{
    private static readonly Column[] Types = [new("x", ColumnType.Double, true), new("port", ColumnType.Text, true)];

    [Fact]
    public void Where_nobody_has_looked_at_blocks_shares_and_means_are_told()
    {
        var (tally, learned) = (Tally(), Learned());
        var inputs = tally.Compare([tally.Count(learned)]);

        Assert.All(inputs, input => Assert.Equal((null, null), (input.Distance, input.Beyond)));
        Assert.Equal((0.1, 0.1), (inputs[1].NullShare, inputs[1].TrainedNullShare));
        Assert.Equal(inputs[1].TrainedMean!.Value, inputs[1].Mean!.Value, 6);
        Assert.Null(tally.Told(inputs));
        InputTally.Demand(inputs, null, new InputsSpec());
    }

    [Fact]
    public void Parts_add_up()
    {
        var tally = Tally();

        var inputs = tally
            .Compare([tally.Count(Learned()), tally.Count(Frame(float.NaN, "moon", 500))])
            .ToDictionary(input => input.Column);

        Assert.Equal(1 / 3.0, inputs["port"].UnseenShare!.Value, 9);
        Assert.Equal((600 / 1500.0, 0.1), (inputs["x"].NullShare, inputs["x"].TrainedNullShare));
    }

    [Fact]
    public void Unseen_levels_and_nulls_beyond_the_limits_are_65_with_both_shares()
    {
        var fault = Assert.Throws<Fault>(() =>
            InputTally.Demand(Compare(Frame(float.NaN, "moon", 10)), null, new InputsSpec())
        );

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal(
            "The inputs are not what the model learned from: 'port' has a level that training did not have in "
                + "100 % of the rows, more than unseen_at_most 10 %; "
                + "'x' is null in 100 % of the rows and was in 10 % in training, a rise of more than "
                + "null_rise_at_most 20 %. Mend the rows, raise the limits in 'inputs', or train again. Nothing "
                + "was published.",
            fault.Message
        );
    }

    private static InputTally Tally()
    {
        var learned = Learned();
        int[] rows = [.. Enumerable.Range(0, learned.Rows)];
        return new InputTally(
            Encoder.Fit(learned, rows, _ => 2),
            Profiles.Of(learned, rows, Types, 2, TestContext.Current.CancellationToken)
        );
    }

    private static IReadOnlyList<Trainyard.Registry.MovedInput> Compare(Frame frame)
    {
        var tally = Tally();
        return tally.Compare([tally.Count(frame)]);
    }

    private static Frame Learned() =>
        new()
        {
            Rows = 1000,
            Columns =
            [
                new NumberColumn("x", [.. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? float.NaN : i)]),
                new CategoryColumn("port", [.. Enumerable.Range(0, 1000).Select(i => (i % 3) + 1)], ["a", "b", "c"]),
            ],
            Labels = Labels.None,
            Cutoffs = [],
            Keys = new ulong[1000],
        };

    private static Frame Frame(float x, string port, int rows) =>
        new()
        {
            Rows = rows,
            Columns =
            [
                new NumberColumn("x", [.. Enumerable.Repeat(x, rows)]),
                new CategoryColumn("port", [.. Enumerable.Repeat(1, rows)], [port]),
            ],
            Labels = Labels.None,
            Cutoffs = [],
            Keys = new ulong[rows],
        };
}
