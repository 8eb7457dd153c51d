using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Drift;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Scoring;

/// <summary>Counts what the inputs of a score run hold, part by part from any thread, and compares the whole with the
/// rows learned from.</summary>
/// <param name="season">The blocks that the model was trained on, as the run sees them; null where nobody has
/// looked.</param>
public sealed class InputTally(Encoder encoder, IReadOnlyList<ColumnProfile> trained, RunSeason? season = null)
{
    private readonly IReadOnlyList<InputBins> _inputs =
    [
        .. encoder.Columns.Select(column => new InputBins(
            column,
            trained.First(profile => profile.Name == column.Name),
            season?.Known.Inputs.FirstOrDefault(input => input.Name == column.Name)
        )),
    ];

    /// <summary>How many inputs a sentence names.</summary>
    private const int MostTold = 3;

    /// <summary>What the inputs hold in a part, in the order of the encoder's columns.</summary>
    public IReadOnlyList<InputCount> Count(Frame part) =>
        // Encode has shown that the column is there.
        [.. _inputs.Select(input => input.Count(part.Find(input.Name)!))];

    /// <summary>Every input of all parts, in their order, against the rows learned from, the most unusual first; 65
    /// where a part was counted for another model.</summary>
    public IReadOnlyList<MovedInput> Compare(IReadOnlyCollection<IReadOnlyList<InputCount>> parts)
    {
        if (parts.Any(part => !part.Select(count => count.Column).SequenceEqual(_inputs.Select(input => input.Name))))
        {
            throw Fault.BadData(
                "The inputs that were counted are not those of the model. Nothing was published; start a new run."
            );
        }

        return
        [
            .. _inputs
                .Select((input, i) => input.Compare(input.Add(parts.Select(part => part[i])), season?.Place))
                .OrderByDescending(input => input.Beyond ?? double.NegativeInfinity)
                .ThenBy(input => input.Column, StringComparer.Ordinal),
        ];
    }

    /// <summary>How unusual they are beside each block of training; null where nobody has looked.</summary>
    public MovesTold? Told(IReadOnlyList<MovedInput> inputs) =>
        season?.Known is { } known
            ? new MovesTold(
                known.Blocks,
                known.Bar,
                [.. inputs.Where(input => input.Beyond > known.Bar?.Beyond).Select(input => input.Column)]
            )
            {
                Above = known.Above,
                Coarseness = known.Coarseness,
                IsNewSeason = season.Place is null,
            }
            : null;

    /// <summary>65 where an input breaks a limit, naming each and both shares.</summary>
    public static void Demand(IReadOnlyList<MovedInput> inputs, MovesTold? moves, InputsSpec limits)
    {
        var broken = inputs
            .OrderBy(input => input.Column, StringComparer.Ordinal)
            .SelectMany(input => Broken(input, limits))
            .ToList();
        if (limits.Moved == OnMoved.Refuse && moves is { IsAlarm: true })
        {
            broken.Add(Moved(inputs, moves));
        }

        if (broken.Count > 0)
        {
            throw Fault.BadData(
                $"The inputs are not what the model learned from: {string.Join("; ", broken)}. Mend the rows, "
                    + "raise the limits in 'inputs', or train again. Nothing was published."
            );
        }
    }

    /// <summary>What an alarm says, as part of a sentence.</summary>
    public static string Moved(IReadOnlyList<MovedInput> inputs, MovesTold moves) =>
        (
            "more unusual than in any of the "
            + $"{Formats.Count(moves.Blocks, "block")} of training are "
            + string.Join(
                ", ",
                moves.Moved.Take(MostTold).Select(name => MovesTold.Words(inputs.First(input => input.Column == name)))
            )
            + (moves.Moved.Count > MostTold ? $" and {moves.Moved.Count - MostTold} more" : "")
        ).Replace('\u00a0', ' ');

    private static IEnumerable<string> Broken(MovedInput input, InputsSpec limits)
    {
        if (input.UnseenShare > limits.UnseenAtMost.Value)
        {
            yield return $"'{input.Column}' has a level that training did not have in "
                + $"{Percent(input.UnseenShare.Value)} of "
                + $"the rows, more than unseen_at_most {Percent(limits.UnseenAtMost.Value)}";
        }

        if (input.NullShare - input.TrainedNullShare > limits.NullRiseAtMost.Value)
        {
            yield return $"'{input.Column}' is null in {Percent(input.NullShare)} of the rows and was in "
                + $"{Percent(input.TrainedNullShare)} in training, a rise of more than null_rise_at_most "
                + $"{Percent(limits.NullRiseAtMost.Value)}";
        }
    }

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
