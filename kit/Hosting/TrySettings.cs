using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>Settings and arguments of the commands that try trainings on rows that are there, and compare
/// them.</summary>
public static class TrySettings
{
    public static Argument Tries { get; } =
        new("tries", "The numbers of tries, of which the first is what the others are held against.", IsList: true);

    public static Setting<string> On { get; } =
        Setting.Text(
            "--on",
            "The train run whose rows and features are learned from.",
            "train.20131230T050000Z.1",
            required: true
        );

    public static Setting<IReadOnlyList<SpecChange>> Set { get; } =
        Setting.List(
            "--set",
            "A key of the spec and the value it is to have in this try; none, to leave it to its default.",
            "model.options.leaves=63",
            SpecChange.Parse
        );

    public static Setting<bool> Holdout { get; } =
        Setting.Flag("--holdout", "Also show the holdout; later models say in their cards that somebody looked.");

    /// <summary>The numbers that were given, each once.</summary>
    public static IReadOnlyList<int> NumbersOf(Invocation invocation)
    {
        var words = invocation.Arguments(Tries.Name);
        return words.Count == 0
            ? throw Fault.Usage("Say which tries, by their numbers: 1 2. Nothing was changed.")
            :
            [
                .. words
                    .Select(word =>
                        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                            ? number
                            : throw Fault.Usage(
                                $"'{word}' is no number of a try: a whole number from 1 is expected. Nothing was "
                                    + "changed."
                            )
                    )
                    .Distinct(),
            ];
    }
}
