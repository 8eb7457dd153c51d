namespace Trainyard.Pipelines;

/// <summary>Rules for <c>model.constraints</c>, as far as they need no rows: which numbers the C# features give is
/// known when they are computed.</summary>
internal static class ConstraintChecks
{
    public static IEnumerable<Mistake> Check(Spec spec, YamlText yaml)
    {
        var (model, features) = (spec.Model, spec.Features);
        if (model.Constraints is not { } constraints || !yaml.IsSound("/model/task", "/features"))
        {
            yield break;
        }

        var loss = model.Task.Learns(model, spec.Metric);
        if (!model.Trainer.Constrains(loss))
        {
            yield return yaml.AtKey(
                "/model/constraints",
                $"the trainer {model.Trainer} cannot hold constraints while it learns {loss.Words}; remove them, or "
                    + "name another objective or trainer."
            );
        }

        var planned = features.Derived.SelectMany(derived => FeaturePlan.Expand(derived.Key, derived.Value)).ToList();
        string[] numbers =
        [
            .. features.Numbers,
            .. planned.Where(each => each.Role == FeatureRole.Number).Select(each => each.Column.Name),
        ];
        string[] categories =
        [
            .. features.Categories.Select(category => category.Column),
            .. planned.Where(each => each.Role == FeatureRole.Category).Select(each => each.Column.Name),
        ];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, pointer) in Named(constraints))
        {
            if (!seen.Add(name))
            {
                yield return yaml.At(pointer, $"'{name}' is constrained twice; keep one.");
            }
            else if (categories.Contains(name))
            {
                yield return yaml.At(pointer, $"'{name}' is a category, whose levels have no order; remove it.");
            }
            else if (features.Text.Any(text => text.Column == name))
            {
                yield return yaml.At(pointer, $"'{name}' is a text, and texts have no order; remove it.");
            }
            else if (!numbers.Contains(name) && features.Assembly is null)
            {
                yield return yaml.At(
                    pointer,
                    $"'{name}' is no number that the model learns from.{Nearest.Hint(name, numbers)} Write one of "
                        + $"{string.Join(", ", numbers)}."
                );
            }
        }
    }

    private static IEnumerable<(string Name, string Pointer)> Named(ConstraintsSpec constraints) =>
        constraints
            .Increasing.Select((name, at) => (name, $"/model/constraints/increasing/{at}"))
            .Concat(constraints.Decreasing.Select((name, at) => (name, $"/model/constraints/decreasing/{at}")));
}
