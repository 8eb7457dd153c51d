using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>What answers cost, by the codes of classes: 0 where right, else what the spec says, else 1.</summary>
internal sealed class CostTable
{
    private readonly Dictionary<(int Label, int Answer), double> _said = [];

    /// <param name="names">The classes by their codes.</param>
    public CostTable(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? costs,
        IReadOnlyList<string> names
    )
    {
        var codeOf = names.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        foreach (var (actual, answers) in costs ?? new Dictionary<string, IReadOnlyDictionary<string, double>>())
        {
            foreach (var (answer, cost) in answers)
            {
                if (codeOf.TryGetValue(actual, out var label) && codeOf.TryGetValue(answer, out var code))
                {
                    _said[(label, code)] = cost;
                }
            }
        }
    }

    /// <summary>What it costs to answer a row of a class with another.</summary>
    public double Of(int label, int answer) => label == answer ? 0 : _said.GetValueOrDefault((label, answer), 1);

    /// <summary>65 where the spec has a cost of a class that no row is of: it would count for nothing.</summary>
    public static void Check(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? costs,
        string column,
        IReadOnlyList<string> classes
    )
    {
        var named = (costs ?? new Dictionary<string, IReadOnlyDictionary<string, double>>()).SelectMany(each =>
            each.Value.Keys.Prepend(each.Key)
        );
        if (named.Except(classes, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new Fault(
                ExitCode.BadData,
                $"model.cost names the class '{unknown}', which no row has: those of '{column}' are "
                    + $"{ClassNames.List(classes)}.{Nearest.Hint(unknown, classes)} Nothing was changed."
            )
            {
                Outline = $"model.cost names the class '{unknown}', which no row has. Nothing was changed.",
            };
        }
    }
}
