using System.Globalization;
using Trainyard.Models.Data;
using Trainyard.Models.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models.Scoring;

/// <summary>Counts what the inputs of a score run hold, part by part from any thread, and compares it with the rows learned from.</summary>
public sealed class InputTally(Encoder encoder, IReadOnlyList<ColumnProfile> trained)
{
    private readonly Lock _lock = new();
    private readonly List<InputCounts> _counts = [.. encoder.Columns.Select(column => new InputCounts(column, trained.First(profile => profile.Name == column.Name)))];

    public void Add(Frame frame)
    {
        lock (_lock)
        {
            foreach (var counts in _counts)
            {
                // Encode has shown that the column is there.
                counts.Add(frame.Find(counts.Name)!);
            }
        }
    }

    /// <summary>Every input against the rows learned from, most moved first.</summary>
    public IReadOnlyList<MovedInput> Compare() =>
        [.. _counts.Select(counts => counts.Compare()).OrderByDescending(input => input.Moved ?? -1).ThenBy(input => input.Column, StringComparer.Ordinal)];

    /// <summary>65 where an input breaks a limit, naming each and both shares.</summary>
    public static void Demand(IReadOnlyList<MovedInput> inputs, InputsSpec limits)
    {
        var broken = inputs.OrderBy(input => input.Column, StringComparer.Ordinal).SelectMany(input => Broken(input, limits)).ToList();
        if (broken.Count > 0)
        {
            throw Fault.BadData($"The inputs are not what the model learned from: {string.Join("; ", broken)}. Mend the rows, raise the limits in 'inputs', or train again. Nothing was published.");
        }
    }

    private static IEnumerable<string> Broken(MovedInput input, InputsSpec limits)
    {
        if (input.UnseenShare > limits.UnseenAtMost.Value)
        {
            yield return $"'{input.Column}' has a level that training did not have in {Percent(input.UnseenShare.Value)} of the rows, more than unseen_at_most {Percent(limits.UnseenAtMost.Value)}";
        }

        if (input.NullShare - input.TrainedNullShare > limits.NullRiseAtMost.Value)
        {
            yield return $"'{input.Column}' is null in {Percent(input.NullShare)} of the rows and was in {Percent(input.TrainedNullShare)} in training, a rise of more than null_rise_at_most {Percent(limits.NullRiseAtMost.Value)}";
        }
    }

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
