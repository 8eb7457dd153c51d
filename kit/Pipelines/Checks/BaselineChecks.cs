namespace Trainyard.Pipelines;

/// <summary>Rules for <c>gate.baseline</c>, the column of a naive forecast.</summary>
internal static class BaselineChecks
{
    public static IEnumerable<Mistake> Check(Spec spec, YamlText yaml)
    {
        if (spec.Gate.Baseline is not { } column || !yaml.IsSound("/model/task"))
        {
            yield break;
        }

        if (!spec.Model.Task.TakesForecasts)
        {
            var tasks = ModelTask.All.Where(task => task.TakesForecasts);
            yield return yaml.AtKey(
                "/gate/baseline",
                $"a column can be the baseline of the task {string.Join(" or ", tasks)} alone; remove it."
            );
        }

        if (spec.Rows.Key.Append(spec.Rows.Cutoff).Append(spec.Label?.Column).Contains(column))
        {
            yield return yaml.At(
                "/gate/baseline",
                $"'{column}' is the key, the cutoff or the label; a naive forecast is another column."
            );
        }
        else if (
            spec.Features.Categories.Any(category => category.Column == column)
            || spec.Features.Text.Any(text => text.Column == column)
            || spec.Features.Derived.ContainsKey(column)
        )
        {
            yield return yaml.At(
                "/gate/baseline",
                $"'{column}' is a category, a text or derived; a naive forecast is a number that the query returns."
            );
        }
    }
}
