namespace Trainyard.Pipelines;

/// <summary>What a table of costs may say, whatever the classes are.</summary>
internal static class CostChecks
{
    /// <summary>Beyond it expected costs could not be told apart.</summary>
    private const double Greatest = 1e12;

    public static IEnumerable<Mistake> Check(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? costs,
        YamlText yaml
    )
    {
        foreach (var (actual, answers) in costs ?? new Dictionary<string, IReadOnlyDictionary<string, double>>())
        {
            foreach (var (answer, cost) in answers)
            {
                var at = $"/model/cost/{YamlText.Escape(actual)}/{YamlText.Escape(answer)}";
                if (!(cost >= 0 && cost <= Greatest))
                {
                    yield return yaml.At(at, $"a cost is from 0 to {Greatest:R}.");
                }
                else if (actual == answer && cost > 0)
                {
                    yield return yaml.AtKey(
                        at,
                        $"'{answer}' for '{actual}' is the right answer, which costs 0; remove it."
                    );
                }
            }
        }
    }
}
