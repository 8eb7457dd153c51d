using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>How unusual the inputs of a run are beside each block that its model was trained on.</summary>
/// <param name="Blocks">How many blocks those are.</param>
/// <param name="Largest">How unusual the most unusual input of the most unusual of them was; null where none can be
/// judged.</param>
/// <param name="LargestAsOf">Which block that was.</param>
/// <param name="LargestInput">Which input.</param>
/// <param name="Moved">The inputs of the run that are more unusual than that, the most unusual first.</param>
public sealed record MovesTold(
    int Blocks,
    double? Largest,
    DateTimeOffset? LargestAsOf,
    string? LargestInput,
    IReadOnlyList<string> Moved
)
{
    /// <summary>Whether an alarm can be raised: of fewer blocks too many are for nothing.</summary>
    [JsonIgnore]
    public bool CanAlarm => Blocks >= KnownMoves.FewestBlocks && Largest is not null;

    [JsonIgnore]
    public bool IsAlarm => CanAlarm && Moved.Count > 0;

    /// <summary>How an input has moved, as in "'temp' in what it holds".</summary>
    public static string Words(MovedInput input) =>
        $"'{input.Column}' "
        + input.In switch
        {
            MovedIn.Nulls => $"in how often it is null ({Formats.Share(input.NullShare)}, in training "
                + $"{Formats.Share(input.TrainedNullShare)})",
            MovedIn.Unseen => $"in levels that training did not have ({Formats.Share(input.UnseenShare)})",
            _ => "in what it holds",
        };
}
