using System.Text.Json.Serialization;
using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>How unusual the inputs of a run are beside each block that its model was trained on.</summary>
/// <param name="Blocks">How many blocks those are.</param>
/// <param name="Bar">The one of them that a run must be more unusual than to alarm; null where none can be
/// judged.</param>
/// <param name="Moved">The inputs of the run that are more unusual than that, the most unusual first.</param>
public sealed record MovesTold(int Blocks, OddBlock? Bar, IReadOnlyList<string> Moved)
{
    /// <summary>The blocks that were more unusual than that one, the most unusual first.</summary>
    public IReadOnlyList<OddBlock> Above { get; init; } = [];

    /// <summary>How coarse the seasons are in which blocks are compared, as <see cref="Pipelines.Seasons"/> knows
    /// them.</summary>
    public int Coarseness { get; init; }

    /// <summary>Whether none of the blocks was of the run's season: then nothing can be said of the run.</summary>
    public bool IsNewSeason { get; init; }

    /// <summary>Whether the run has asked for a part of its rows only, in which chance moves more than in a whole
    /// block.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTrial { get; init; }

    /// <summary>Whether anything is known of how unusual the inputs are.</summary>
    [JsonIgnore]
    public bool IsKnown => Bar is not null && !IsNewSeason && !IsTrial;

    /// <summary>Whether an alarm can be raised: of fewer blocks too many are for nothing.</summary>
    [JsonIgnore]
    public bool CanAlarm => Blocks >= KnownMoves.FewestBlocks && IsKnown;

    [JsonIgnore]
    public bool IsAlarm => CanAlarm && Moved.Count > 0;

    /// <summary>Why no alarm can be raised, as a sentence; null where one can.</summary>
    /// <param name="told">Null where nobody has looked.</param>
    public static string? WhyNot(MovesTold? told, Definition definition)
    {
        var unit = EnumText.Of(definition.Clock.Every);
        return told switch
        {
            null when !definition.Rows.HasTime =>
                "The table has no time, so there are no blocks of training to say what is unusual.",
            null => "The model does not tell how its inputs were before: train again.",
            { Bar: null } => $"What is usual is not known from {Formats.Count(told.Blocks, unit)} of training.",
            { IsNewSeason: true } => $"None of the {Formats.Count(told.Blocks, unit)} of training was "
                + $"{new Seasons(definition.Clock).Common(told.Coarseness)}, so what is usual there is not known.",
            { IsTrial: true } =>
                "A trial has a part of a block's rows, in which chance moves more than in a whole one.",
            { CanAlarm: false } =>
                $"With fewer than {KnownMoves.FewestBlocks} {unit}s of training too many alarms would be false, so it "
                    + "is told only.",
            _ => null,
        };
    }

    /// <summary>How an input has moved, as in "'temp' in what it holds".</summary>
    public static string Words(MovedInput input) =>
        $"'{input.Column}' {Where(input)}"
        + input.In switch
        {
            MovedIn.Nulls =>
                $" ({Formats.Share(input.NullShare)}, in training {Formats.Share(input.TrainedNullShare)})",
            MovedIn.Unseen => $" ({Formats.Share(input.UnseenShare)})",
            _ => "",
        };

    /// <summary>What of an input is unusual, as in "in what it holds".</summary>
    public static string Where(MovedInput input) =>
        input.In switch
        {
            MovedIn.Lengths => "in how many characters it has",
            MovedIn.Nulls => "in how often it is null",
            MovedIn.Unseen => "in levels that training did not have",
            _ => "in what it holds",
        };
}
