using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>A sentence claims that nothing was changed only where that is so.</summary>
public sealed class ChangesTests
{
    private const string Stands = "The predictions are published.";

    public static TheoryData<string, string> Claims { get; } =
        new()
        {
            { "The disk is full. Nothing was changed.", $"The disk is full. {Stands}" },
            { "The disk is full. Nothing was published.", $"The disk is full. {Stands}" },
            { "It is gone. Nothing was changed; start a new run.", $"It is gone. Start a new run. {Stands}" },
            { "It has no a.csv (nor b.csv); nothing was changed.", $"It has no a.csv (nor b.csv). {Stands}" },
            { "It broke, and nothing was written.", $"It broke. {Stands}" },
            { "One. Nothing was changed.\nTwo. Nothing was changed; try again.", $"One.\nTwo. Try again. {Stands}" },
            { "The disk is full.", $"The disk is full. {Stands}" },
        };

    [Theory]
    [MemberData(nameof(Claims))]
    public void A_claim_makes_room_for_what_stands(string text, string expected)
    {
        var changes = new Changes();
        Assert.Equal(text, changes.Settle(text));

        changes.Made(Stands);

        Assert.Equal(expected, changes.Settle(text));
    }

    [Fact]
    public void What_was_tried_is_not_known_until_it_is_made()
    {
        var changes = new Changes();
        changes.Try("Whether they are published is not known.");

        Assert.False(changes.AreNone);
        Assert.Equal(
            "The connection broke. Try again. Whether they are published is not known.",
            changes.Settle("The connection broke. Nothing was changed; try again.")
        );

        changes.Made(Stands);

        Assert.Equal($"The connection broke. {Stands}", changes.Settle("The connection broke. Nothing was changed."));
    }
}
