using System.Globalization;

namespace Trainyard.Pipelines;

/// <summary>Whether there is something to search, and between what.</summary>
internal static class TuneChecks
{
    private const string At = "/model/tune";

    public static IEnumerable<Mistake> Check(Spec spec, YamlText yaml)
    {
        var (model, trainer) = (spec.Model, spec.Model.Trainer);
        if (model.Tune is not { } tune || !yaml.IsSound("/model/task", "/model/trainer"))
        {
            yield break;
        }

        if (!trainer.Chooses && trainer.Space.Count == 0)
        {
            string[] others = [.. model.Task.Trainers.Where(other => other.Space.Count > 0).Select(each => each.Name)];
            yield return yaml.AtKey(
                At,
                $"the trainer {trainer} has no options to search; remove it"
                    + $"{(others.Length == 0 ? "" : $", or write the trainer {string.Join(" or ", others)}")}."
            );
            yield break;
        }

        foreach (var searched in tune.Search is null ? [] : SearchSpace.Of(model))
        {
            var at = $"{At}/search/{searched.Key}";
            if (ProblemOf(searched) is { } problem)
            {
                yield return yaml.At(at, problem);
                continue;
            }

            foreach (
                var (_, wrong) in AtBothEnds(model, searched)
                    .SelectMany(ends => trainer.Problems(spec with { Model = model with { Options = ends } }))
                    .Where(each => each.Key == searched.Key)
                    .Take(1)
            )
            {
                yield return yaml.At(at, wrong);
            }
        }

        if (tune.Search is { Count: 0 })
        {
            yield return yaml.AtKey($"{At}/search", "search names no option; name some, or remove it.");
        }
        else if (!trainer.Chooses && SearchSpace.Of(model).Count == 0)
        {
            var keys = string.Join(", ", trainer.Space.Select(each => each.Key));
            yield return yaml.AtKey(
                At,
                $"options say all that is searched ({keys}); leave some of them out, or remove tune."
            );
        }
    }

    private static string? ProblemOf(Searched searched)
    {
        var (key, low, high) = (searched.Key, Text(searched.Ends.Low), Text(searched.Ends.High));
        return searched.Ends.Low == searched.Ends.High
                ? $"both ends of {key} are {low}, so there is nothing to search; write 'options: {{{key}: {low}}}', or "
                    + "a range."
            : searched.Ends.Low > searched.Ends.High
                ? $"{key} goes from {low} down to {high}; write the smaller number first: [{high}, {low}]."
            : searched.ByRatio && searched.Ends.Low == 0
                ? $"{key} is searched evenly in its logarithm, and 0 has none; begin above it, such as [0.01, {high}]."
            : null;
    }

    /// <summary>The options at both ends.</summary>
    private static IEnumerable<TrainerOptions> AtBothEnds(ModelSpec model, Searched searched) =>
        new[] { searched.Ends.Low, searched.Ends.High }.Select(end =>
            OptionValues.With(model.Options, [KeyValuePair.Create(searched.Key, end)])
        );

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
