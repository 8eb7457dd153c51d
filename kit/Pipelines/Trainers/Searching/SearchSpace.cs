namespace Trainyard.Pipelines;

/// <summary>
/// Which options the trials of a spec have: those of a number are a function of the spec and that number, so whoever
/// takes a search up goes on with the same. Places fill the space evenly however many there are: each coordinate is a
/// multiple of a power of a generalized golden ratio (Roberts 2018, the sequence R_d), from where the seed says.
/// </summary>
public static class SearchSpace
{
    private const int Halvings = 64;

    /// <summary>What is searched: what the spec names, or else all of the trainer's that its options leave as they
    /// are.</summary>
    public static IReadOnlyList<Searched> Of(ModelSpec model) =>
        model.Tune?.Search is { } said
            ?
            [
                .. model
                    .Trainer.Space.Where(each => said.ContainsKey(each.Key))
                    .Select(each => each with { Ends = said[each.Key] }),
            ]
            : [.. model.Trainer.Space.Where(each => !OptionValues.Differ(model.Options, model.Trainer.Options, each))];

    /// <summary>The options of all trials, the first first: each is there once.</summary>
    public static IReadOnlyList<TrainerOptions> Draw(ModelSpec model)
    {
        var space = Of(model);
        return
        [
            .. Enumerable
                .Range(0, model.Tune?.Trials ?? 1)
                .Select(trial => trial == 0 ? model.Options : Drawn(model, space, trial))
                .Distinct(),
        ];
    }

    private static TrainerOptions Drawn(ModelSpec model, IReadOnlyList<Searched> space, int trial)
    {
        var (ratio, random) = (Ratio(space.Count), new Random(model.Options.Seed));
        return OptionValues.With(
            model.Options,
            space.Select(
                (each, at) =>
                {
                    var place = random.NextDouble() + (trial * Math.Pow(ratio, -1 - at));
                    return KeyValuePair.Create(
                        each.Key,
                        each.At(place - Math.Floor(place), OptionValues.IsWhole(model.Options, each.Key))
                    );
                }
            )
        );
    }

    /// <summary>The root of <c>x^(d+1) = x + 1</c>: of one dimension the golden ratio.</summary>
    private static double Ratio(int dimensions)
    {
        var (low, high) = (1.0, 2.0);
        for (var step = 0; step < Halvings; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Math.Pow(middle, dimensions + 1) < middle + 1 ? (middle, high) : (low, middle);
        }

        return high;
    }
}
