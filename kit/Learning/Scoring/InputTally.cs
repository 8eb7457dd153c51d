using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Scoring;

/// <summary>Counts what the inputs of a score run hold, part by part from any thread, and compares the whole with the
/// rows learned from.</summary>
public sealed class InputTally(Encoder encoder, IReadOnlyList<ColumnProfile> trained)
{
    private readonly IReadOnlyList<InputBins> _inputs =
    [
        .. encoder.Columns.Select(column => new InputBins(
            column,
            trained.First(profile => profile.Name == column.Name)
        )),
    ];

    /// <summary>What the inputs hold in a part, in the order of the encoder's columns.</summary>
    public IReadOnlyList<InputCount> Count(Frame part) =>
        // Encode has shown that the column is there.
        [.. _inputs.Select(input => input.Count(part.Find(input.Name)!))];

    /// <summary>Every input of all parts, in their order, against the rows learned from, most moved first; 65 where a
    /// part was counted for another model.</summary>
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
                .Select((input, i) => input.Compare(input.Add(parts.Select(part => part[i]))))
                .OrderByDescending(input => input.Moved ?? -1)
                .ThenBy(input => input.Column, StringComparer.Ordinal),
        ];
    }

    /// <summary>65 where an input breaks a limit, naming each and both shares.</summary>
    public static void Demand(IReadOnlyList<MovedInput> inputs, InputsSpec limits)
    {
        var broken = inputs
            .OrderBy(input => input.Column, StringComparer.Ordinal)
            .SelectMany(input => Broken(input, limits))
            .ToList();
        if (broken.Count > 0)
        {
            throw Fault.BadData(
                $"The inputs are not what the model learned from: {string.Join("; ", broken)}. Mend the rows, "
                    + "raise the limits in 'inputs', or train again. Nothing was published."
            );
        }
    }

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
